using System.Diagnostics;
using Cleat.Programs;
using Cleat.Tests.Files;

namespace Cleat.Tests.Programs;

/// <summary>Programs that do as they should, and programs that do not.</summary>
public sealed class ProgramCalls : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private readonly TemporaryTree tree = new();

    public void Dispose() => tree.Dispose();

    [Fact]
    public async Task What_it_is_told_and_what_it_says()
    {
        var call = Shell("cat; echo \"$SAID ${HOME-none}\"; echo trouble >&2; exit 3") with { Input = "input ", OutputLimit = 100, Variables = [("SAID", "variable"), ("HOME", null)] };
        var ended = Assert.IsType<ProgramEnd.Ended>(await RunAsync(call));
        Assert.Equal((3, "input variable none\n", "trouble\n"), (ended.Code, Text(ended), ended.Error));
    }

    [Fact]
    public async Task No_shell_reads_its_arguments()
    {
        string[] arguments = ["%s\n", "$(touch here)", "a b", "", "*", "é"];
        var ended = Assert.IsType<ProgramEnd.Ended>(await RunAsync(new("/usr/bin/printf", arguments) { TimeLimit = Long, OutputLimit = 100 }));
        Assert.Equal(string.Concat(arguments[1..].Select(a => a + "\n")), Text(ended));
    }

    [Fact]
    public async Task It_may_end_without_reading_what_it_is_told() =>
        Assert.Equal(0, Assert.IsType<ProgramEnd.Ended>(await RunAsync(Shell("exit 0") with { Input = new('x', 10_000_000) })).Code);

    [Fact]
    public async Task When_its_time_is_over_nothing_of_it_runs_on()
    {
        var end = await RunAsync(Shell($"sleep 300 & echo $! > {tree.At("child")}; wait") with { TimeLimit = TimeSpan.FromSeconds(3) });
        Assert.IsType<ProgramEnd.TooSlow>(end);
        var child = (await File.ReadAllTextAsync(tree.At("child"), TestContext.Current.CancellationToken)).Trim();
        Assert.True(await GoneAsync(child), "its child runs on");
    }

    [Fact]
    public async Task When_it_says_too_much_it_is_stopped() =>
        Assert.IsType<ProgramEnd.TooMuch>(await RunAsync(Shell("yes") with { OutputLimit = 100_000 }));

    [Fact]
    public async Task Just_as_much_as_it_may_say_is_heard_whole()
    {
        var ended = Assert.IsType<ProgramEnd.Ended>(await RunAsync(Shell("head -c 100000 /dev/zero") with { OutputLimit = 100_000 }));
        Assert.Equal(100_000, ended.Output.Length);
        Assert.IsType<ProgramEnd.TooMuch>(await RunAsync(Shell("head -c 100001 /dev/zero") with { OutputLimit = 100_000 }));
    }

    [Fact]
    public async Task What_nobody_wants_to_hear_is_thrown_away()
    {
        var ended = Assert.IsType<ProgramEnd.Ended>(await RunAsync(Shell("head -c 3000000 /dev/zero; head -c 3000000 /dev/zero | tr '\\0' x >&2; exit 4")));
        Assert.Equal((4, 0), (ended.Code, ended.Output.Length));
        Assert.InRange(ended.Error.Length, 1, 100_000);
    }

    [Fact]
    public async Task What_it_leaves_behind_holds_nobody_up()
    {
        var since = Stopwatch.GetTimestamp();
        var ended = Assert.IsType<ProgramEnd.Ended>(await RunAsync(Shell("sleep 40 & echo done") with { OutputLimit = 100 }));
        Assert.Equal("done\n", Text(ended));
        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 0, 30);
    }

    [Fact]
    public async Task Each_line_of_standard_error_is_heard_when_it_is_said_and_a_prompt_as_well()
    {
        List<string> heard = [];
        TaskCompletionSource prompted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = RunAsync(Shell($"printf 'o' >&2; printf 'ne\\n\\ntwo\\r\\nCode: ' >&2; until [ -e {tree.At("go")} ]; do sleep 0.1; done; printf 'right\\nbye' >&2") with
        {
            HearError = line =>
            {
                heard.Add(line);
                if (line == "Code: ")
                {
                    prompted.TrySetResult();
                }
            },
        });
        await prompted.Task.WaitAsync(Long, TestContext.Current.CancellationToken);
        tree.Write("go");
        Assert.Equal("", Assert.IsType<ProgramEnd.Ended>(await run).Error);
        Assert.Equal(["one", "two", "Code: ", "right", "bye"], heard);
    }

    [Fact]
    public async Task A_program_that_cannot_start_is_said_without_what_it_was_to_be_told()
    {
        var file = tree.Write("no-program");
        ProgramCall call = new(file, ["argument-s3cret"]) { TimeLimit = Long, Input = "input-s3cret", Variables = [("V", "variable-s3cret")] };
        var end = Assert.IsType<ProgramEnd.NotRun>(await RunAsync(call));
        Assert.Contains("no-program", end.Why, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", end.Why, StringComparison.Ordinal);
        Assert.IsType<ProgramEnd.NotRun>(await RunAsync(call with { File = tree.At("nowhere") }));
    }

    [Fact]
    public async Task Who_gives_up_stops_it()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var run = Shell($"echo $$ > {tree.At("self")}; sleep 300").RunAsync(stop.Token);
        while (!File.Exists(tree.At("self")) || new FileInfo(tree.At("self")).Length == 0)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.True(await GoneAsync((await File.ReadAllTextAsync(tree.At("self"), TestContext.Current.CancellationToken)).Trim()));
    }

    [Fact]
    public void Only_absolute_folders_are_looked_in_and_only_what_may_run_is_found()
    {
        tree.Write("plain/tool", "x");
        var runs = tree.Write("runs/tool", "x");
        Directory.CreateDirectory(tree.At("folder/tool"));
        tree.Run("chmod", "755", "runs/tool");
        Assert.Equal(runs, SearchPath.Find("tool", $"{tree.At("folder")}:{tree.At("plain")}::.:{tree.At("runs")}"));
        var here = Path.GetRelativePath(Directory.GetCurrentDirectory(), tree.At("runs"));
        Assert.Null(SearchPath.Find("tool", $".:{here}:{tree.At("plain")}"));
        Assert.Null(SearchPath.Find("tool", null));
    }

    private static ProgramCall Shell(string script) => new("/bin/sh", ["-c", script]) { TimeLimit = Long };

    private static Task<ProgramEnd> RunAsync(ProgramCall call) => call.RunAsync(TestContext.Current.CancellationToken);

    private static string Text(ProgramEnd.Ended ended) => System.Text.Encoding.UTF8.GetString(ended.Output.Span);

    // a process that was killed is there until its parent, or init, has heard of it: then it is a zombie
    private static async Task<bool> GoneAsync(string process)
    {
        for (var i = 0; i < 200; i++)
        {
            try
            {
                var status = await File.ReadAllTextAsync($"/proc/{process}/stat", TestContext.Current.CancellationToken);
                if (status[status.LastIndexOf(')')..].StartsWith(") Z", StringComparison.Ordinal))
                {
                    return true;
                }
            }
            catch (IOException)
            {
                return true;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        return false;
    }
}
