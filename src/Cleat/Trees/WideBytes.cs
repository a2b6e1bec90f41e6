using System.Text;
using SharpYaml;

namespace Cleat.Trees;

/// <summary>
/// Hands a YAML parser one character for each byte, so that the parser's character positions are byte offsets, whatever the
/// encoding holds. Bytes from 0x80 on become private-use characters, which YAML treats as letters: bytes that are not UTF-8
/// survive too, and no part of a longer sequence is taken for a control character or a line break.
/// </summary>
internal struct WideBytes(ReadOnlyMemory<byte> bytes) : ILookAheadBuffer
{
    private const char FirstWide = '\uE000';

    private readonly byte[] array = bytes.Length == 0 ? [] : System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out var s) && s.Offset == 0 ? s.Array! : bytes.ToArray();
    private readonly int length = bytes.Length;
    private int at;

    public readonly bool EndOfInput => at >= length;

    public readonly char Peek(int offset)
    {
        var i = at + offset;
        if ((uint)i >= (uint)length)
        {
            return '\0';
        }

        var b = array[i];
        return b < 0x80 ? (char)b : (char)(FirstWide + b);
    }

    public void Skip(int length) => at += length;

    public readonly void Cache(int length)
    {
    }

    /// <summary>The text that a value of the parser stands for; bytes that are not UTF-8 come out as U+FFFD.</summary>
    public static string Narrow(string value)
    {
        if (Ascii.IsValid(value))
        {
            return value;
        }

        using MemoryStream bytes = new(value.Length);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in value.EnumerateRunes())
        {
            if (rune.Value is >= FirstWide + 0x80 and <= FirstWide + 0xFF)
            {
                bytes.WriteByte((byte)(rune.Value - FirstWide));
            }
            else
            {
                bytes.Write(utf8[..rune.EncodeToUtf8(utf8)]);
            }
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
