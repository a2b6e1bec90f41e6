using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Cleat.Files;

/// <summary>
/// Runs git, without a shell. It is looked for in absolute folders of the search path only: a file named <c>git</c> in the
/// folder that is being checked is never run.
/// </summary>
internal static class GitProcess
{
    // a hook's variables tell of the repository that it runs for, not of the one that is asked about
    private static readonly string[] OfHooks = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];

    /// <param name="problem">Why there is no answer: git's own first line; null when there is one.</param>
    /// <returns>What git wrote to standard output.</returns>
    public static byte[]? Run(string folder, out string? problem, params ReadOnlySpan<string> arguments)
    {
        var file = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(Path.IsPathFullyQualified)
            .Select(f => Path.Join(f, OperatingSystem.IsWindows() ? "git.exe" : "git"))
            .FirstOrDefault(File.Exists);
        if (file is null)
        {
            problem = "git is not in PATH";
            return null;
        }

        ProcessStartInfo start = new(file, ["-C", folder, "-c", "core.quotePath=false", "-c", "core.fsmonitor=false", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var name in OfHooks)
        {
            start.Environment.Remove(name);
        }

        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync();
            using MemoryStream output = new();
            process.StandardOutput.BaseStream.CopyTo(output);
            process.WaitForExit();
            var said = error.GetAwaiter().GetResult();
            problem = process.ExitCode == 0 ? null : said.Split('\n')[0].Trim() is { Length: > 0 } first ? first : $"git ended with {process.ExitCode}";
            return problem is null ? output.ToArray() : null;
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            problem = $"git could not be run: {e.Message}";
            return null;
        }
    }
}
