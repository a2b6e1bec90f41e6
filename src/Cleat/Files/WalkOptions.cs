namespace Cleat.Files;

/// <summary>What a walk takes in. Include and Exclude do not apply to files named on the command line: those are always read.</summary>
internal sealed record WalkOptions
{
    /// <summary>Whether <c>.gitignore</c> and <c>.git/info/exclude</c> are honoured.</summary>
    public bool UseIgnoreFiles { get; init; } = true;

    /// <summary>When not empty, only what one of these matches, or what lies in a folder that one matches. The syntax of <c>.gitignore</c>.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>What is left out. The syntax of <c>.gitignore</c>.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>The folder that the globs are relative to: the current one unless told. For arguments elsewhere it is the argument.</summary>
    public string GlobRoot { get; init; } = ".";

    /// <summary>More of what is left out, relative to a folder of its own; it holds for what is walked inside of that folder.</summary>
    public (IReadOnlyList<string> Globs, string Folder)? ExcludeBelow { get; init; }

    /// <summary>Asked with <see cref="WalkedFile.FullPath"/> before anything is done with a file, from several threads; null wants all.</summary>
    public Func<string, bool>? WantsPath { get; init; }

    /// <summary>Number of threads, the caller's included.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;
}

/// <summary>A file that a walk came upon.</summary>
/// <param name="Path">As it is reported: relative when the argument was, forward slashes, no leading <c>./</c>.</param>
/// <param name="FullPath">Absolute. Below a folder without any link in it but perhaps the file itself; for a named file as it was named.</param>
/// <param name="Named">True when it was named on the command line.</param>
internal readonly record struct WalkedFile(string Path, string FullPath, bool Named);
