using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Cleat.Cli.Tests;

/// <summary>Ctrl-C and SIGTERM end every verb, whatever it is at, and a second one does no harm.</summary>
public sealed class StopTests : IDisposable
{
    // far longer than it may take, far shorter than the verbs would work on
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("check", "INT", 130)]
    [InlineData("check", "TERM", 143)]
    [InlineData("list", "INT", 130)]
    [InlineData("list", "TERM", 143)]
    [InlineData("pin", "INT", 130)]
    [InlineData("pin", "TERM", 143)]
    [InlineData("unpin", "TERM", 143)]
    [InlineData("resolve", "INT", 130)]
    public async Task One_that_waits_for_its_input_ends(string verb, string signal, int code)
    {
        using var process = Start(verb, "-");
        await FillAsync(process);
        await SignalAsync(process, signal);
        Assert.Equal((code, "cleat: stopped before the end; every file is whole, old or new\n"), await EndAsync(process));
    }

    [Theory]
    [InlineData("check", "TERM", 143)]
    [InlineData("list", "INT", 130)]
    [InlineData("pin", "TERM", 143)]
    public async Task One_that_works_on_a_long_file_ends(string verb, string signal, int code)
    {
        var file = folder.Put("pods.yaml", string.Concat(Enumerable.Repeat("---\napiVersion: v1\nkind: Pod\nspec: { containers: [{ image: nginx:1.27, args: [a, b] }] }\n", 600_000)));
        var before = new FileInfo(file);
        using var process = Start(verb, "-", file);
        await FillAsync(process);
        process.StandardInput.Close();
        await SignalAsync(process, signal);
        var (ended, said) = await EndAsync(process);
        Assert.Equal(code, ended);
        Assert.Contains("cleat: stopped before the end; every file is whole, old or new\n", said, StringComparison.Ordinal);
        Assert.Equal((before.Length, before.LastWriteTimeUtc), (new FileInfo(file).Length, new FileInfo(file).LastWriteTimeUtc));
        Assert.Equal([file], Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_second_signal_is_no_accident()
    {
        using var process = Start("check", "-");
        await FillAsync(process);
        for (var i = 0; i < 4 && !process.HasExited; i++)
        {
            await SignalAsync(process, i % 2 == 0 ? "TERM" : "INT");
        }

        var (code, said) = await EndAsync(process);
        Assert.Equal(143, code);
        Assert.DoesNotContain("xception", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_in_process_says_so()
    {
        folder.Put("Dockerfile", "FROM nginx:1.27\n");
        using MemoryStream stdin = new(), stdout = new();
        using StringWriter stderr = new();
        var code = await CleatCommand.RunAsync(["pin", folder.Path], new Terminal(stdin, stdout, stderr, OutIsTerminal: false, ErrorIsTerminal: false), new CancellationToken(canceled: true));
        Assert.Equal((ExitCode.Interrupted, $"cleat: {CleatCommand.Stopped}\n"), (code, stderr.ToString()));
        Assert.Equal("FROM nginx:1.27\n", folder.Read("Dockerfile"));
    }

    private static Process Start(params string[] args) => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "cleat.dll"), .. args])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    // more than a pipe holds: once it is written, the verb is reading it
    private static async Task FillAsync(Process process)
    {
        await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(new string('\n', 1 << 20)), TestContext.Current.CancellationToken);
        await process.StandardInput.BaseStream.FlushAsync(TestContext.Current.CancellationToken);
    }

    private static async Task SignalAsync(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<(int Code, string Error)> EndAsync(Process process)
    {
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using CancellationTokenSource limit = new(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            Assert.Fail("it went on");
        }

        return (process.ExitCode, await error);
    }
}
