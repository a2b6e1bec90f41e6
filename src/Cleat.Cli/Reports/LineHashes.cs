using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Cleat.Cli.Reports;

/// <summary>
/// What GitHub calls <c>primaryLocationLineHash</c>, for each line of a file: a polynomial of base 37 over the next 100 characters, modulo 2^64, and how often
/// it came up so far. Blanks and tabs do not count, every line break counts as one line feed, and 65535 stands for the end. It must be
/// GitHub's number exactly: the upload warns of each that is another.
/// </summary>
internal static class LineHashes
{
    private const int Window = 100;
    private const ulong Base = 37;
    private const char End = '\uFFFF';

    /// <summary>One for each line, the first line first.</summary>
    public static IReadOnlyList<string> Of(ReadOnlySpan<byte> file)
    {
        List<int> starts = [];
        var text = Significant(Encoding.UTF8.GetString(file), starts);
        var leaving = 1UL;
        for (var i = 0; i < Window; i++)
        {
            leaving = unchecked(leaving * Base);
        }

        List<string> hashes = [];
        Dictionary<ulong, int> seen = [];
        var hash = 0UL;
        // the value for a line is known once the window that begins there is full; behind the end it fills with zeros
        for (var at = 0; hashes.Count < starts.Count; at++)
        {
            var begins = at - Window;
            hash = unchecked((hash * Base) + At(text, at) - (leaving * At(text, begins)));
            if (begins + 1 == starts[hashes.Count])
            {
                var count = ++CollectionsMarshal.GetValueRefOrAddDefault(seen, hash, out _);
                hashes.Add(string.Create(CultureInfo.InvariantCulture, $"{hash:x}:{count}"));
            }
        }

        return hashes;
    }

    private static ulong At(List<char> text, int index) => index >= 0 && index < text.Count ? text[index] : 0UL;

    private static List<char> Significant(string file, List<int> starts)
    {
        List<char> text = new(file.Length + 1);
        var (begins, afterReturn) = (true, false);
        foreach (var c in file.Append(End))
        {
            if (c is ' ' or '\t' || (afterReturn && c == '\n'))
            {
                afterReturn = false;
                continue;
            }

            if (begins)
            {
                starts.Add(text.Count);
            }

            afterReturn = c == '\r';
            begins = c is '\r' or '\n';
            text.Add(afterReturn ? '\n' : c);
        }

        return text;
    }
}
