using System.Diagnostics;

namespace Cleat.Cli.Tests;

/// <summary>The example of a program around the library does what docs/library.md says it does, with the very lines that stand there.</summary>
public sealed class LibraryExampleTests
{
    private static readonly string Folder = Path.Combine(SourceTree.Root, "examples", "library");

    [Fact]
    public async Task It_finds_resolves_and_prints_the_patch()
    {
        var program = Directory.EnumerateFiles(Path.Combine(Folder, "bin"), "PinFolder.dll", SearchOption.AllDirectories).MaxBy(File.GetLastWriteTimeUtc)!;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "examples/k8s", "examples/registry"]) { WorkingDirectory = SourceTree.Root, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), (process.ExitCode, await error));

        var golden = Path.Combine(Folder, "expected.txt");
        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            await File.WriteAllTextAsync(golden, output, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(golden, TestContext.Current.CancellationToken), output);
    }

    [Fact]
    public void The_page_shows_its_very_lines()
    {
        var page = File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "library.md"));
        var lines = File.ReadAllLines(Path.Combine(Folder, "Program.cs")).Select(l => l.Length == 0 ? "" : "    " + l);
        Assert.EndsWith(string.Join('\n', lines) + "\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void It_needs_no_more_than_the_package() => Assert.DoesNotContain("using Cleat.", File.ReadAllText(Path.Combine(Folder, "Program.cs")), StringComparison.Ordinal);
}
