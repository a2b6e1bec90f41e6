namespace Cleat.Growth.Inputs;

/// <summary>A file of an input; its text comes in pieces, so that a large one is never in memory.</summary>
internal sealed record InputFile(string Path, IEnumerable<string> Text);

/// <summary>Files of one kind that can be made in any size.</summary>
/// <param name="Name">The format that most of it is about, and behind a slash what is special about it.</param>
/// <param name="Files">The files of a count.</param>
internal sealed record GrowthInput(string Name, Func<int, IEnumerable<InputFile>> Files)
{
    /// <summary>The format, as <c>cleat formats</c> names it.</summary>
    public string Format => Name.Split('/')[0];

    /// <summary>True for the name of the input and of its format.</summary>
    public bool IsCalled(string name) => name == Name || name == Format;

    /// <summary>The count of size 1: of references, variables, files, or what else there are many of.</summary>
    public int Count { get; init; } = 1000;

    /// <summary>How many references are found at the least, for a count: an input in which nothing is found measures nothing.</summary>
    public Func<int, int> References { get; init; } = count => count;

    /// <summary>Seconds that size 8 may take; null where no bound was set.</summary>
    public double? Within { get; init; }

    /// <summary>Bytes that a run may take besides 40 for each byte of the input.</summary>
    public long Memory { get; init; } = 100_000_000;

    /// <summary>What runs on it.</summary>
    public string[] Arguments { get; init; } = ["check"];
}
