using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Cleat.Cli.Tests.Docs;

/// <summary>The picture in the README is what the program prints today, on <c>examples/</c>. <c>UPDATE=1</c> draws it anew.</summary>
public sealed partial class TerminalPictureTests
{
    [Fact]
    public async Task The_picture_is_what_the_program_prints()
    {
        using TemporaryFolder folder = new();
        var examples = Path.Combine(SourceTree.Root, "examples");
        folder.Put("k8s/web.yaml", await File.ReadAllTextAsync(Path.Combine(examples, "k8s", "web.yaml"), TestContext.Current.CancellationToken));
        StringBuilder shown = new();
        foreach (var (command, arguments) in ((string, string[])[])
        [
            ("cleat check", ["check", "--color", "always"]),
            ("cleat pin", ["pin", "--from", Path.Combine(examples, "registry"), "--color", "always"]),
            ("cleat check", ["check", "--color", "always"]),
        ])
        {
            shown.Append("\u001b[32m$\u001b[0m \u001b[1m").Append(command).Append("\u001b[0m\n").Append(await Run(folder.Path, arguments)).Append('\n');
        }

        var picture = TerminalPicture.Draw("cleat check finds three images by tag, cleat pin writes their digests, cleat check is content", LongDigest().Replace(shown.ToString(), "$1…"));
        var path = Path.Combine(SourceTree.Root, "docs", "pictures", "terminal.svg");
        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, picture, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), picture);
    }

    // what goes to a terminal, errors and data alike
    private static async Task<string> Run(string folder, string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "cleat.dll"), .. arguments])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
        };
        using var run = Process.Start(start)!;
        var error = run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output + await error;
    }

    [GeneratedRegex(@"(sha256:[0-9a-f]{12})[0-9a-f]{52}")]
    private static partial Regex LongDigest();
}
