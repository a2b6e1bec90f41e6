namespace Cleat.Findings;

/// <summary>A finding as a baseline knows it: everything but its line. Two are equal when they mean the same.</summary>
/// <param name="File">Relative to the baseline's folder.</param>
internal sealed record BaselineEntry(string File, string Rule, string Text, string Format, string Path)
{
    public int Count { get; init; } = 1;

    /// <summary>Where it stands in the baseline.</summary>
    public int At { get; init; }

    public static BaselineEntry Of(Finding finding, string file) =>
        new(file, finding.Rule!.Name, Whole(finding.Use.Text), finding.Use.Format, Whole(finding.Use.Path));

    // half a surrogate pair, which JSON cannot carry, is U+FFFD
    private static string Whole(string text) => text.Any(char.IsSurrogate) ? string.Concat(text.EnumerateRunes()) : text;

    public bool Equals(BaselineEntry? other) =>
        other is not null && (File, Rule, Text, Format, Path) == (other.File, other.Rule, other.Text, other.Format, other.Path);

    public override int GetHashCode() => HashCode.Combine(File, Rule, Text, Format, Path);
}
