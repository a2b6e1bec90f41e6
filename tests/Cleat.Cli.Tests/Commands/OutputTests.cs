using System.Diagnostics;

namespace Cleat.Cli.Tests.Commands;

/// <summary>What is written beside the sources, and what is left there.</summary>
public sealed class OutputTests : IDisposable
{
    private static readonly string Layout = Path.Combine(InProcess.Root, "examples/registry");

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
