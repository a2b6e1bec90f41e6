using System.Diagnostics;
using System.Text;

namespace Cleat.Tests.Files;

/// <summary>A folder of its own for one test, removed afterwards.</summary>
public sealed class TemporaryTree : IDisposable
{
    public TemporaryTree() => Root = Directory.CreateTempSubdirectory("cleat-test-").FullName;

    public string Root { get; }

    public string At(string path) => Path.Join(Root, path);

    public string Write(string path, string text = "x\n")
    {
        var full = At(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    public void Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.CreateSymbolicLink(At(path), target);
    }

    /// <summary>Runs a program in the folder and returns what it printed; a failure of it fails the test.</summary>
    public string Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["XDG_CONFIG_HOME"] = "/nonexistent";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {errors.Result}");
        return output;
    }

    public void Dispose() => Run("rm", "-rf", "--", Root);
}
