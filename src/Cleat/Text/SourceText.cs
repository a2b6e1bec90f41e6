using System.Text;

namespace Cleat.Text;

/// <summary>The bytes of a file and the name it is reported by. Never changed: <see cref="Apply"/> makes a copy.</summary>
internal sealed class SourceText
{
    private LineIndex? lines;
    private WordCounts? wordCounts;

    /// <param name="path">The name that messages and formats use, with forward slashes.</param>
    /// <param name="bytes">The file as it is on disk, a BOM included. Not copied.</param>
    public SourceText(string path, ReadOnlyMemory<byte> bytes)
    {
        Path = path;
        Bytes = bytes;
    }

    public string Path { get; }

    /// <summary>The file that the bytes were read from; null for what stands in none.</summary>
    internal FileStamp? Stamp { get; init; }

    public ReadOnlyMemory<byte> Bytes { get; }

    public ReadOnlySpan<byte> Span => Bytes.Span;

    /// <summary>Length in bytes of a UTF-8 byte order mark at the start: 3 or 0.</summary>
    public int BomLength => Span.StartsWith("\uFEFF"u8) ? 3 : 0;

    /// <summary>True for UTF-16 and UTF-32.</summary>
    public bool IsWide => Wide is not null;

    /// <summary>The encoding of UTF-16 and UTF-32, which no format here is written in; null for all else.</summary>
    internal Encoding? Wide => WideOf(Span);

    /// <summary>By the byte order mark, or by the zeros beside the first two letters (YAML 1.2.2, 5.2: a stream begins with an ASCII character).</summary>
    internal static Encoding? WideOf(ReadOnlySpan<byte> text) => text switch
    {
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
        [0, 0, 0xFE, 0xFF, ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        [0xFF, 0xFE, ..] or [not 0, 0, not 0, 0, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] or [0, not 0, 0, not 0, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    public LineIndex Lines => lines ??= new LineIndex(Span);

    /// <summary>How often words stand in the text.</summary>
    internal WordCounts WordCounts => wordCounts ??= new(Bytes);

    public LinePosition Position(int offset) => Lines.Position(offset);

    /// <summary>The text of a span; bytes that are not UTF-8 come out as U+FFFD.</summary>
    public string Slice(TextSpan span) => Encoding.UTF8.GetString(Span.Slice(span.Start, span.Length));

    /// <summary>A line without its line break.</summary>
    /// <param name="line">1-based line number.</param>
    public string LineText(int line) => LineFrom(Lines.Start(line));

    /// <summary>What stands from an offset to the end of its line, without its line break.</summary>
    internal string LineFrom(int start)
    {
        var rest = Span[start..];
        var end = rest.IndexOfAny((byte)'\n', (byte)'\r');
        return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }

    /// <summary>A copy with the edits made. All other bytes are the same.</summary>
    /// <remarks>
    /// Edits may touch, and an insertion may stand at either end of a replaced span. Two insertions at one place count as an
    /// overlap: nothing says which comes first, and in practice it is one use of an image that was found twice.
    /// </remarks>
    /// <exception cref="ArgumentException">Two edits overlap, or one lies outside the text (the BOM is outside): a bug in the caller.</exception>
    public SourceText Apply(IEnumerable<Edit> edits)
    {
        var sorted = edits.OrderBy(e => e.Span.Start).ThenBy(e => e.Span.Length).ToList();
        if (sorted.Count == 0)
        {
            return this;
        }

        using MemoryStream copy = new(Bytes.Length + (sorted.Count * 80));
        copy.Write(Span[..BomLength]);
        var at = BomLength;
        TextSpan? last = null;
        foreach (var edit in sorted)
        {
            if (edit.Span.Start < at || edit.Span.Length < 0 || (long)edit.Span.Start + edit.Span.Length > Bytes.Length || edit.Span == last)
            {
                throw new ArgumentException($"{Path}: edit {edit.Span} overlaps another or lies outside the file", nameof(edits));
            }

            copy.Write(Span[at..edit.Span.Start]);
            copy.Write(Encoding.UTF8.GetBytes(edit.NewText));
            at = edit.Span.End;
            last = edit.Span;
        }

        copy.Write(Span[at..]);
        return new SourceText(Path, copy.ToArray());
    }
}
