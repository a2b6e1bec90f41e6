using System.Text;

namespace Cleat.Trees;

internal ref partial struct PlainYaml
{
    private const int LongestWord = 32;

    // the same keys stand in every document: their text is made once a thread
    [ThreadStatic]
    private static string?[]? words;

    private static string Word(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is 0 or > LongestWord)
        {
            return Encoding.UTF8.GetString(bytes);
        }

        var hash = (uint)bytes.Length;
        foreach (var b in bytes)
        {
            hash = (hash * 31) + b;
        }

        words ??= new string?[2048];
        ref var known = ref words[(hash ^ (hash >> 11)) % 2048];
        return known is not null && Ascii.Equals(bytes, known) ? known : known = Encoding.UTF8.GetString(bytes);
    }
}
