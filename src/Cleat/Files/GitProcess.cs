using System.Text;
using Cleat.Programs;
using Cleat.Text;

namespace Cleat.Files;

/// <summary>
/// Asks git about a repository whose settings are not trusted: nothing that <c>.git/config</c> or <c>.gitattributes</c> names is run. Whether a
/// repository of another user may be asked about at all is git's own decision (git-config(1), <c>safe.directory</c>).
/// </summary>
internal static class GitProcess
{
    // the diff of a long branch of a large repository takes seconds
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private const int LongestAnswer = 1 << 30;

    private static readonly (string, string?)[] Variables =
    [
        // a hook's variables tell of the repository that it runs for, not of the one that is asked about
        ("GIT_DIR", null), ("GIT_WORK_TREE", null), ("GIT_INDEX_FILE", null), ("GIT_PREFIX", null),

        // a question changes nothing, not even the index
        ("GIT_OPTIONAL_LOCKS", "0"),

        // what a partial clone lacks would be fetched, by a program that the repository names
        ("GIT_NO_LAZY_FETCH", "1"), ("GIT_ALLOW_PROTOCOL", "none"),

        ("GIT_LITERAL_PATHSPECS", "1"), ("GIT_TERMINAL_PROMPT", "0"),
    ];

    private static readonly string[] Settings = ["--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false"];

    /// <summary>Runs git in a folder.</summary>
    /// <param name="problem">Why there is no answer: git's own first line; null when there is one.</param>
    /// <returns>What git wrote to standard output.</returns>
    public static byte[]? Run(string folder, out string? problem, params ReadOnlySpan<string> arguments) => Run(folder, [], 0, out problem, arguments);

    /// <summary>The same where git reads files of the working tree: the filters that the repository's settings define for them are turned off.</summary>
    public static byte[]? RunWithoutFilters(string folder, out string? problem, params ReadOnlySpan<string> arguments)
    {
        // 1: there is none
        if (Run(folder, [], 1, out problem, "config", "-z", "--name-only", "--get-regexp", "^filter\\.") is not { } names)
        {
            return null;
        }

        List<string> off = [];
        foreach (var key in Encoding.UTF8.GetString(names).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            // git takes what stands behind the first '=' for the value
            if (key.Contains('=', StringComparison.Ordinal) || key.Contains('\uFFFD', StringComparison.Ordinal))
            {
                problem = "its settings define a filter whose name cannot be given on a command line, so it cannot be turned off";
                return null;
            }

            off.AddRange(["-c", $"{key}={(key.EndsWith(".required", StringComparison.Ordinal) ? "false" : "")}"]);
        }

        return Run(folder, off, 0, out problem, arguments);
    }

    private static byte[]? Run(string folder, List<string> settings, int alsoGood, out string? problem, params ReadOnlySpan<string> arguments)
    {
        if (SearchPath.Find("git", Environment.GetEnvironmentVariable("PATH")) is not { } file)
        {
            problem = "git is not in PATH";
            return null;
        }

        ProgramCall call = new(file, ["-C", folder, .. Settings, .. settings, .. arguments]) { Variables = Variables, TimeLimit = Limit, OutputLimit = LongestAnswer };
        var end = call.RunAsync(CancellationToken.None).GetAwaiter().GetResult();
        problem = end switch
        {
            ProgramEnd.Ended ended when ended.Code == 0 || ended.Code == alsoGood => null,
            ProgramEnd.Ended ended => ended.Error.Split('\n')[0].Trim() is { Length: > 0 } first ? first : $"git ended with {ended.Code}",
            ProgramEnd.NotRun failed => $"git could not be run: {failed.Why}",
            ProgramEnd.TooMuch => "git gave more than 1 GiB",
            _ => $"git gave no answer within {Duration.Words(Limit)}",
        };
        return problem is null ? ((ProgramEnd.Ended)end).Output.ToArray() : null;
    }
}
