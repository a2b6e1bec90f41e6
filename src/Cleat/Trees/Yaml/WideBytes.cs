using System.Runtime.InteropServices;
using System.Text;
using SharpYaml;

namespace Cleat.Trees.Yaml;

/// <summary>
/// Hands a YAML parser one character for each byte, so that the parser's character positions are byte offsets, whatever the
/// encoding holds. Bytes from 0x80 on become private-use characters, which YAML treats as letters: bytes that are not UTF-8
/// survive too, and no part of a longer sequence is taken for a control character or a line break.
/// </summary>
internal sealed class WideBytes : ILookAheadBuffer
{
    // a class: the parser asks through the interface, which would box a struct for every character

    private const char FirstWide = '\uE000';
    private readonly byte[] text;
    private readonly int start;
    private readonly int length;
    private int at;

    public WideBytes(ReadOnlyMemory<byte> bytes)
    {
        var whole = MemoryMarshal.TryGetArray(bytes, out var segment);
        (text, start, length) = whole ? (segment.Array!, segment.Offset, segment.Count) : (bytes.ToArray(), 0, bytes.Length);
    }

    public bool EndOfInput => at >= length;

    public char Peek(int offset)
    {
        var i = at + offset;
        if ((uint)i >= (uint)length)
        {
            return '\0';
        }

        var b = text[i + start];
        return b < 0x80 ? (char)b : (char)(FirstWide + b);
    }

    public void Skip(int length) => at += length;

    public void Cache(int length)
    {
    }

    /// <summary>Text of one character for each byte, for parsers that take nothing else.</summary>
    public static string Widen(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new(bytes.Length);
        foreach (var b in bytes)
        {
            text.Append((char)(b < 0x80 ? b : FirstWide + b));
        }

        return text.ToString();
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
