using System.Diagnostics;

namespace Cleat.Cli.Tests.Verbs;

/// <summary>What is written beside the sources, and what is left there.</summary>
public sealed class OutputTests : IDisposable
{
    private static readonly string Layout = Path.Combine(SourceTree.Root, "examples/registry");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("sarif")]
    public async Task A_report_replaces_the_old_one_whole(string format)
    {
        folder.Put("d/Dockerfile", "FROM nginx:1.27\n");
        folder.Put("report", new('x', 100_000));
        var (code, output, _) = await InProcess.RunAsync("", "check", folder["d"], "--format", format);
        Assert.Equal((code, ""), await InProcess.RunAsync("", "check", folder["d"], "--format", format, "--output", folder["report"]) is var run ? (run.Code, run.Output) : default);
        Assert.Equal(output, folder.Read("report"));
        Assert.Equal(2, Directory.GetFileSystemEntries(folder.Path).Length);
    }

    [Fact]
    public async Task Standard_output_may_be_named_and_loses_nothing()
    {
        folder.Put("d/Dockerfile", "FROM nginx:1.27\n");
        var cleat = $"dotnet {Path.Combine(AppContext.BaseDirectory, "cleat.dll")} list {folder["d"]}";
        using var shell = Process.Start("sh", ["-c", $"{{ echo before; {cleat} -o /dev/stdout; echo after; }} > {folder["all"]}; {cleat} -o /dev/stdout | cat > {folder["piped"]}; {cleat} -o /dev/null"]);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, shell.ExitCode);
        Assert.Equal($"before\n{folder.Read("piped")}after\n", folder.Read("all"));
        Assert.Contains("nginx:1.27", folder.Read("piped"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_said()
    {
        folder.Put("Dockerfile", "FROM nginx:1.27\n");
        var (code, _, error) = await InProcess.RunAsync("", "check", folder.Path, "-o", folder["nowhere/report"]);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("--output: ", error, StringComparison.Ordinal);
        (code, _, error) = await InProcess.RunAsync("", "check", folder.Path, "-o", folder.Path);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("is a folder", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pin", "--format", "json", "--output")]
    [InlineData("pin", "--diff", "--output")]
    [InlineData("update", "--summary")]
    [InlineData("check", "--write-baseline")]
    public async Task A_folder_that_is_not_there_is_said_before_anything_is_done(params string[] args)
    {
        folder.Put("Dockerfile", "FROM nginx:1.27\n");
        string[] all = [.. args, folder["nowhere/file"], folder.Path, .. args[0] == "check" ? Array.Empty<string>() : ["--from", Layout]];
        var (code, output, error) = await InProcess.RunAsync("", all);
        Assert.Equal((ExitCode.Usage, "", $"cleat: {args[^1]}: there is no folder {folder["nowhere"]}\n"), (code, output, error));
        Assert.Equal("FROM nginx:1.27\n", folder.Read("Dockerfile"));
    }

    [Fact]
    public async Task A_patch_and_what_becomes_of_standard_input_go_to_the_file()
    {
        folder.Put("Dockerfile", "FROM nginx:1.27\n");
        var (code, patch, said) = await InProcess.RunAsync("", "pin", "--from", Layout, "--diff", folder.Path);
        Assert.Equal((code, "", said), await InProcess.RunAsync("", "pin", "--from", Layout, "--diff", folder.Path, "-o", folder["patch"]));
        Assert.Equal(patch, folder.Read("patch"));

        (code, _, _) = await InProcess.RunAsync("FROM nginx:1.27\n", "pin", "--from", Layout, "-", "--stdin-name", "Dockerfile", "-o", folder["Dockerfile"]);
        Assert.Equal(ExitCode.Done, code);
        Assert.StartsWith("FROM nginx:1.27@sha256:", folder.Read("Dockerfile"), StringComparison.Ordinal);
        (code, _, said) = await InProcess.RunAsync("", "unpin", folder.Path, "-o", folder["patch"]);
        Assert.Equal(ExitCode.Usage, code);
        Assert.StartsWith("cleat: --output takes a report, a patch", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check", "d", "--output", "/dev/full")]
    [InlineData("check", "d", "--write-baseline", "/dev/full")]
    public async Task A_full_disk_is_said_and_is_no_mistake_of_the_command_line(params string[] args)
    {
        folder.Put("d/Dockerfile", "FROM nginx:1.27\n");
        var (code, _, error) = await InProcess.RunAsync("", [.. args.Select(a => a == "d" ? folder["d"] : a)]);
        Assert.Equal(ExitCode.Incomplete, code);
        Assert.StartsWith($"cleat: not done whole: {args[2]}: No space left on device", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("check", "--format", "sarif")]
    [InlineData("pin", "--diff", "--from", "examples/registry")]
    [InlineData("formats")]
    [InlineData("schema")]
    [InlineData("explain", "nginx")]
    [InlineData("pin", "--help")]
    [InlineData("--version")]
    public async Task A_full_disk_behind_standard_output_is_said(params string[] args)
    {
        folder.Put("Dockerfile", "FROM nginx:1.27\n");
        args = [.. args.Select(a => a == "examples/registry" ? Layout : a), .. args is ["list" or "check" or "pin", ..] ? [folder.Path] : Array.Empty<string>()];
        await using FileStream full = new("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        await using StringWriter error = new();
        var code = await CleatCommand.RunAsync(args, new Terminal(Stream.Null, full, error, OutIsTerminal: false, ErrorIsTerminal: false), TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Incomplete, code);
        Assert.Contains("cleat: not done whole: No space left on device", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_is_nothing_the_verbs_say_the_same()
    {
        Directory.CreateDirectory(folder["empty"]);
        foreach (var verb in (string[])["check", "list", "pin", "unpin", "update", "verify"])
        {
            var (code, output, error) = await InProcess.RunAsync("", verb, folder["empty"]);
            Assert.Equal(ExitCode.Incomplete, code);
            Assert.Contains($"{folder["empty"]}: error[read]: no file was read", output + error, StringComparison.Ordinal);
            (code, output, error) = await InProcess.RunAsync("", verb, folder["empty"], "--quiet");
            Assert.Equal(ExitCode.Incomplete, code);
            Assert.Contains("no file was read", output + error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("[a", "its '[' is not closed")]
    [InlineData("*.{yml,yaml}", "braces are no part of it")]
    [InlineData("a\\", "nothing stands behind")]
    [InlineData(" ", "it is empty")]
    public async Task A_glob_that_can_match_nothing_is_refused(string glob, string why)
    {
        folder.Put("Dockerfile", "FROM nginx:1.27\n");
        foreach (var option in (string[])["--include", "--exclude"])
        {
            var (code, output, error) = await InProcess.RunAsync("", "check", folder.Path, option, glob);
            Assert.Equal((ExitCode.Usage, ""), (code, output));
            Assert.Contains(why, error, StringComparison.Ordinal);
        }

        var (fine, _, _) = await InProcess.RunAsync("", "check", folder.Path, "--exclude", "[]a]*");
        Assert.Equal(ExitCode.Findings, fine);
    }

    [Fact]
    public async Task A_named_file_that_no_format_reads_is_said_and_counted()
    {
        folder.Put("notes.txt", "FROM nginx:1.27\n");
        folder.Put("service.yaml", "apiVersion: v1\nkind: Service\n");
        var (code, output, error) = await InProcess.RunAsync("", "check", folder["notes.txt"], folder["service.yaml"], "--format", "json");
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("\"unread\": 1", output, StringComparison.Ordinal);
        Assert.StartsWith($"note: {folder["notes.txt"]}: no format reads it", error, StringComparison.Ordinal);
        Assert.DoesNotContain("service.yaml", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quiet_tells_findings_without_a_summary()
    {
        folder.Put("Dockerfile", "FROM nginx:1.27\n");
        var (code, output, error) = await InProcess.RunAsync("", "check", folder.Path);
        Assert.EndsWith("\n\n1 file, 1 reference: 1 unpinned; `cleat pin` can mend all of it\n", output, StringComparison.Ordinal);
        Assert.Equal((code, output[..^"1 file, 1 reference: 1 unpinned; `cleat pin` can mend all of it\n".Length], error), await InProcess.RunAsync("", "check", folder.Path, "--quiet"));
    }

    [Fact]
    public async Task What_could_not_be_pinned_is_not_called_nothing_to_pin()
    {
        folder.Put("Dockerfile", "FROM nginx:1.27\nFROM nowhere/none:1\n");
        var (code, _, error) = await InProcess.RunAsync("", "pin", "--check", "--from", Layout, folder.Path);
        Assert.Equal(ExitCode.Incomplete, code);
        Assert.EndsWith("\n1 reference would be pinned in 1 file; not all could be read or done: 1 error\n", error, StringComparison.Ordinal);
        folder.Put("Dockerfile", "FROM nowhere/none:1\n");
        (_, _, error) = await InProcess.RunAsync("", "pin", "--from", Layout, folder.Path);
        Assert.EndsWith("\nnothing pinned; not all could be read or done: 1 error\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_killed_run_left_is_no_source_and_the_next_that_writes_there_takes_it_away()
    {
        const string Left = "d/.cleat-new-Ab12cD";
        folder.Put("d/Dockerfile", "FROM nginx:1.27\n");
        folder.Put(Left, "FROM nginx:1.27\n");
        folder.Put("beside/.cleat-new-Ab12cD", "FROM nginx:1.27\n");
        var (_, output, _) = await InProcess.RunAsync("", "list", folder.Path);
        Assert.Single(output.Split('\n'), l => l.Contains("nginx:1.27", StringComparison.Ordinal));
        await InProcess.RunAsync("", "pin", "--from", Layout, "--diff", folder.Path);
        Assert.True(File.Exists(folder[Left]));
        Assert.Equal(ExitCode.Done, (await InProcess.RunAsync("", "pin", "--from", Layout, folder.Path)).Code);
        Assert.False(File.Exists(folder[Left]));
        Assert.True(File.Exists(folder["beside/.cleat-new-Ab12cD"]));
    }
}
