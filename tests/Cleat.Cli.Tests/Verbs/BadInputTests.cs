using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;

namespace Cleat.Cli.Tests.Verbs;

/// <summary>Files and folders that are not what their names promise: said, or calmly passed over, and never harmed.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Pod = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: x:1\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_dangling_link_in_a_walk_hides_nothing()
    {
        folder.Put("pod.yaml", Pod);
        File.CreateSymbolicLink(folder["gone.yaml"], folder["nowhere.yaml"]);
        var (code, output, _) = await InProcess.RunAsync("", "check", folder.Path);
        Assert.Contains("pod.yaml:5:12", output, StringComparison.Ordinal);
        Assert.True(code is ExitCode.Findings or ExitCode.Incomplete);
    }

    [Fact]
    public async Task A_dangling_link_that_is_named_is_said()
    {
        File.CreateSymbolicLink(folder["gone.yaml"], folder["nowhere.yaml"]);
        var (code, _, error) = await InProcess.RunAsync("", "check", folder["gone.yaml"]);
        Assert.Equal(ExitCode.Incomplete, code);
        Assert.Contains("gone.yaml: error[read]:", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loop_of_links_ends()
    {
        folder.Put("a/pod.yaml", Pod);
        Directory.CreateSymbolicLink(folder["a/up"], folder.Path);
        Directory.CreateSymbolicLink(folder["a/self"], "self");
        File.CreateSymbolicLink(folder["one.yaml"], "two.yaml");
        File.CreateSymbolicLink(folder["two.yaml"], "one.yaml");
        var (_, output, _) = await InProcess.RunAsync("", "list", folder.Path);
        Assert.Single(output.Split('\n'), l => l.Contains("x:1", StringComparison.Ordinal));

        var (code, _, error) = await InProcess.RunAsync("", "check", folder["one.yaml"]);
        Assert.Equal(ExitCode.Incomplete, code);
        Assert.Contains("one.yaml: error[read]:", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_survive_a_pin()
    {
        await File.WriteAllBytesAsync(folder["Dockerfile"], [.. "# caf"u8, 0xE9, .. " \nFROM nginx:1.27\n# "u8, 0xFF, 0xFE], TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Done, (await InProcess.RunAsync("", "pin", "--from", Path.Combine(SourceTree.Root, "examples/registry"), folder.Path)).Code);
        var pinned = await File.ReadAllBytesAsync(folder["Dockerfile"], TestContext.Current.CancellationToken);
        Assert.True(pinned.AsSpan().StartsWith((ReadOnlySpan<byte>)[.. "# caf"u8, 0xE9, .. " \nFROM nginx:1.27@sha256:"u8]));
        Assert.True(pinned.AsSpan().EndsWith((ReadOnlySpan<byte>)[(byte)'\n', (byte)'#', (byte)' ', 0xFF, 0xFE]));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task Utf16_is_not_written(string encoding)
    {
        var wide = Encoding.GetEncoding(encoding);
        byte[] bytes = [.. wide.GetPreamble(), .. wide.GetBytes(Pod)];
        await File.WriteAllBytesAsync(folder["pod.yaml"], bytes, TestContext.Current.CancellationToken);
        var (code, _, error) = await InProcess.RunAsync("", "pin", "--from", Path.Combine(SourceTree.Root, "examples/registry"), folder.Path);
        Assert.Equal(ExitCode.Incomplete, code);
        Assert.Contains("pod.yaml:1:1: error[parse]: is UTF-16", error, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(folder["pod.yaml"], TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("pipe.yaml")]
    [InlineData("Dockerfile")]
    public async Task A_named_pipe_does_not_hang(string name)
    {
        using (var mkfifo = Process.Start("mkfifo", [folder[name]]))
        {
            await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        folder.Put("pod.yaml", Pod);
        var run = InProcess.RunAsync("", "list", folder.Path);
        Assert.Same(run, await Task.WhenAny(run, Task.Delay(10_000, TestContext.Current.CancellationToken)));
        Assert.Contains("x:1", (await run).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_cannot_drive_a_terminal()
    {
        folder.Put("a\u001b[31m\nb/pod.yaml", Pod);
        folder.Put("a\u001b[31m\nb/cut.yaml", Pod + "  - image: \"cut");
        var (code, output, error) = await InProcess.RunAsync("", "check", folder.Path);
        Assert.Equal(ExitCode.Incomplete, code);
        Assert.DoesNotContain('\u001b', output + error);
        Assert.Contains("a␛[31m␊b/pod.yaml:5:12", output, StringComparison.Ordinal);
        Assert.Contains("a␛[31m␊b/cut.yaml:6:", error, StringComparison.Ordinal);
    }

    /// <summary>In a process of another user: root may write everywhere.</summary>
    [UnsupportedOSPlatform("windows")]
    [Fact]
    public async Task A_folder_that_may_not_be_written_keeps_its_files()
    {
        folder.Put("Dockerfile", "FROM nginx:1.27\n");
        File.SetUnixFileMode(folder["Dockerfile"], (UnixFileMode)0b110_110_110);
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b101_101_101);
        string[] program = ["dotnet", Path.Combine(AppContext.BaseDirectory, "cleat.dll"), "pin", "--from", Path.Combine(SourceTree.Root, "examples/registry"), folder.Path];
        program = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", .. program] : program;
        using var process = Process.Start(new ProcessStartInfo(program[0], program[1..]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" })!;
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_101_101);
        Assert.Contains("Dockerfile: error[write]: no file can be made in its folder", error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Incomplete, process.ExitCode);
        Assert.Equal("FROM nginx:1.27\n", folder.Read("Dockerfile"));
        Assert.Equal(["Dockerfile"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }
}
