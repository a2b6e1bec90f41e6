using Cleat.Programs;

namespace Cleat.Files;

/// <summary>Runs git.</summary>
internal static class GitProcess
{
    // a hook's variables tell of the repository that it runs for, not of the one that is asked about
    private static readonly string[] OfHooks = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];

    // the diff of a long branch of a large repository takes seconds
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private const int LongestAnswer = 1 << 30;

    /// <param name="problem">Why there is no answer: git's own first line; null when there is one.</param>
    /// <returns>What git wrote to standard output.</returns>
    public static byte[]? Run(string folder, out string? problem, params ReadOnlySpan<string> arguments)
    {
        if (SearchPath.Find("git", Environment.GetEnvironmentVariable("PATH")) is not { } file)
        {
            problem = "git is not in PATH";
            return null;
        }

        ProgramCall call = new(file, ["-C", folder, "-c", "core.quotePath=false", "-c", "core.fsmonitor=false", .. arguments])
        {
            Variables = [.. OfHooks.Select(name => (name, (string?)null))],
            TimeLimit = Limit,
            OutputLimit = LongestAnswer,
        };
        var end = call.RunAsync(CancellationToken.None).GetAwaiter().GetResult();
        problem = end switch
        {
            ProgramEnd.Ended { Code: 0 } => null,
            ProgramEnd.Ended ended => ended.Error.Split('\n')[0].Trim() is { Length: > 0 } first ? first : $"git ended with {ended.Code}",
            ProgramEnd.NotRun failed => $"git could not be run: {failed.Why}",
            ProgramEnd.TooMuch => "git gave more than 1 GiB",
            _ => $"git gave no answer within {Limit.TotalMinutes:0} min",
        };
        return (end as ProgramEnd.Ended)?.Output.ToArray() is { } output && problem is null ? output : null;
    }
}
