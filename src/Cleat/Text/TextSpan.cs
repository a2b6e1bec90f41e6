namespace Cleat.Text;

/// <summary>A half-open range of bytes in a file: <c>[Start, Start + Length)</c>.</summary>
/// <param name="Start">Offset of the first byte, from the start of the file (a BOM counts).</param>
/// <param name="Length">Number of bytes; 0 is a position between two bytes.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>Offset of the first byte behind the span.</summary>
    public int End => Start + Length;

    /// <summary>The span from <paramref name="start"/> up to, but not including, <paramref name="end"/>.</summary>
    public static TextSpan FromBounds(int start, int end) => new(start, end - start);

    public override string ToString() => $"[{Start}..{End})";
}
