using System.Buffers.Binary;
using System.Text;

namespace Cleat.Trees.Yaml;

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

        words ??= new string?[2048];
        ref var known = ref words[Hash(bytes)];
        return known is not null && Ascii.Equals(bytes, known) ? known : known = Encoding.UTF8.GetString(bytes);
    }

    // 11 bits of the length and of eight bytes at either end
    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        ulong first = 0, last = 0;
        if (bytes.Length >= sizeof(ulong))
        {
            first = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            last = BinaryPrimitives.ReadUInt64LittleEndian(bytes[^sizeof(ulong)..]);
        }
        else
        {
            foreach (var b in bytes)
            {
                first = (first << 8) | b;
            }
        }

        var mixed = (first * 0x9E3779B97F4A7C15) ^ (last * 0xC2B2AE3D27D4EB4F) ^ ((ulong)bytes.Length * 0x165667B19E3779F9);
        return (int)((mixed ^ (mixed >> 29)) * 0x9E3779B97F4A7C15 >> 53);
    }
}
