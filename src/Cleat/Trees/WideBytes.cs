using System.Runtime.InteropServices;
using System.Text;
using SharpYaml;

namespace Cleat.Trees;

/// <summary>
/// Hands a YAML parser one character for each byte, so that the parser's character positions are byte offsets, whatever the
/// encoding holds. Bytes from 0x80 on become private-use characters, which YAML treats as letters: bytes that are not UTF-8
/// survive too, and no part of a longer sequence is taken for a control character or a line break.
/// </summary>
internal readonly struct WideBytes(ReadOnlyMemory<byte> bytes) : ILookAheadBuffer
{
    private const char FirstWide = '\uE000';

    // the parser keeps the buffer in a read-only field: what moves lies behind a reference, and the struct makes the calls direct
    private readonly Cursor cursor = new(bytes);

    public bool EndOfInput => cursor.At >= cursor.Length;

    public char Peek(int offset)
    {
        var i = cursor.At + offset;
        if ((uint)i >= (uint)cursor.Length)
        {
            return '\0';
        }

        var b = cursor.Bytes[i + cursor.Start];
        return b < 0x80 ? (char)b : (char)(FirstWide + b);
    }

    public void Skip(int length) => cursor.At += length;

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

    private sealed class Cursor
    {
        public Cursor(ReadOnlyMemory<byte> bytes)
        {
            var whole = MemoryMarshal.TryGetArray(bytes, out var segment);
            (Bytes, Start, Length) = whole ? (segment.Array!, segment.Offset, segment.Count) : (bytes.ToArray(), 0, bytes.Length);
        }

        public byte[] Bytes { get; }

        public int Start { get; }

        public int Length { get; }

        public int At { get; set; }
    }
}
