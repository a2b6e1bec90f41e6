namespace Cleat.Formats.Embedded;

/// <summary>
/// Maps offsets of a text that a reader works on to offsets in the file: the same for a whole file,
/// a table for text that stands inside another syntax (a Dockerfile in a YAML block scalar).
/// </summary>
internal readonly struct OffsetMap
{
    private readonly int[]? table;
    private readonly int shift;

    private OffsetMap(int[]? table, int shift)
    {
        this.table = table;
        this.shift = shift;
    }

    public static OffsetMap Shift(int by) => new(null, by);

    /// <param name="table">For each byte of the inner text its offset in the file, and one more entry for the end.</param>
    public static OffsetMap Table(int[] table) => new(table, 0);

    public int this[int inner] => table is null ? inner + shift : table[inner];
}
