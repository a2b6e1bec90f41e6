using System.Diagnostics;
using Cleat.Tests;

namespace Cleat.EndToEnd.Packages;

/// <summary>All that <c>./pack</c> makes, made once for all tests. <c>CLEAT_RELEASE</c> names a folder where it lies already.</summary>
public sealed class Release : IAsyncLifetime
{
    private static readonly Lazy<Task<string>> Packed = new(PackAsync);

    private readonly string scratch = Directory.CreateTempSubdirectory("cleat-release-").FullName;

    /// <summary>Where the files of the release lie.</summary>
    public string Folder { get; private set; } = "";

    public string Version { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Folder = Environment.GetEnvironmentVariable("CLEAT_RELEASE") is { Length: > 0 } folder ? folder : await Packed.Value;
        Version = Path.GetFileName(Directory.EnumerateFiles(Folder, "cleat-*-linux-x64.tar.gz").Single())["cleat-".Length..^"-linux-x64.tar.gz".Length];
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(scratch, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task<string> PackAsync()
    {
        await RunAsync(SourceTree.Root, "bash", "./pack");
        return Path.Combine(SourceTree.Root, "artifacts", "release");
    }

    /// <summary>A file of the release.</summary>
    public string File(string name) => Path.Combine(Folder, name.Replace("VERSION", Version, StringComparison.Ordinal));

    /// <summary>A folder with nothing in it.</summary>
    public string Empty() => Directory.CreateDirectory(Path.Combine(scratch, Path.GetRandomFileName())).FullName;

    /// <summary>A folder with the manifests and the layout of <c>examples/</c>.</summary>
    public async Task<string> ExamplesAsync()
    {
        var folder = Empty();
        var examples = Path.Combine(SourceTree.Root, "examples");
        await RunAsync(folder, "cp", "-r", $"{examples}/k8s", $"{examples}/Dockerfile", $"{examples}/compose.yaml", $"{examples}/registry", ".");
        // the user of an image may read and write it
        await RunAsync(folder, "chmod", "-R", "a+rwX", ".");
        return folder;
    }

    /// <summary>Runs the main job with a program: finds, pins, and finds nothing more.</summary>
    /// <param name="command">The program with what stands before its arguments.</param>
    public static async Task DoesItsJobAsync(string folder, params string[] command)
    {
        var (code, output) = await TryAsync(folder, [.. command, "check", "k8s", "compose.yaml", "Dockerfile"]);
        Assert.True(code == 1 && output.Contains("selected by the tag 1.27", StringComparison.Ordinal), $"{string.Join(' ', command)}: {code}\n{output}");
        await RunAsync(folder, [.. command, "pin", "--from", "registry", "k8s", "compose.yaml", "Dockerfile"]);
        output = await RunAsync(folder, [.. command, "check", "k8s", "compose.yaml", "Dockerfile"]);
        Assert.Contains("are pinned", output, StringComparison.Ordinal);
    }

    /// <summary>Runs a program; a failure is the test's.</summary>
    public static async Task<string> RunAsync(string folder, params string[] command)
    {
        var (code, output) = await TryAsync(folder, command);
        Assert.True(code == 0, $"{string.Join(' ', command)}: {code}\n{output}");
        return output;
    }

    public static async Task<(int Code, string Output)> TryAsync(string folder, params string[] command)
    {
        ProcessStartInfo start = new(command[0], command[1..]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["WINEPREFIX"] = "/tmp/cleat-wine";
        start.Environment["WINEDEBUG"] = "-all";
        start.Environment["NO_COLOR"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment.Remove("CLEAT_VERSION");
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }
}
