namespace Cleat;

/// <summary>What of a tree is looked at, and by which rules.</summary>
public sealed record TreeOptions
{
    /// <summary>Rules, exemptions, excluded files and formats of the user's own. None unless it is given: see <see cref="CleatConfig.Find"/>.</summary>
    public CleatConfig Config { get; init; } = CleatConfig.Empty;

    /// <summary>Names of formats to read although they are off by default (<see cref="FormatInfo.OptIn"/>).</summary>
    public IReadOnlyList<string> EnabledFormats { get; init; } = [];

    /// <summary>Whether <c>.gitignore</c> is honoured.</summary>
    public bool UseIgnoreFiles { get; init; } = true;

    /// <summary>Only files that match one of these, in the syntax of <c>.gitignore</c>; empty for all. A file that is named itself is always read.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Not files that match one of these.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Only lines that were added since this git revision; null for everything.</summary>
    public string? Since { get; init; }

    /// <summary>True when nothing will be changed: the report keeps no text of the files, which saves most of its memory, and nothing can be planned from it.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>How many files are read at a time.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;
}
