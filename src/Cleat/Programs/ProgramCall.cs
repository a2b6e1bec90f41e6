using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Cleat.Programs;

/// <summary>
/// A program to run, without a shell and within limits. When it is over, by itself or not, neither it nor a program that it started and
/// still belongs to it runs on.
/// </summary>
/// <param name="File">Its absolute path.</param>
internal sealed record ProgramCall(string File, IReadOnlyList<string> Arguments)
{
    private const int LongestError = 64 * 1024;

    // a program that ended may have left another behind, which holds its output open: what it wrote itself is there by then
    private static readonly TimeSpan GraceAfterExit = TimeSpan.FromSeconds(2);

    // a line that goes on is passed on as a whole, when the rest comes that soon
    private static readonly TimeSpan PromptPause = TimeSpan.FromMilliseconds(200);

    /// <summary>What it is told on standard input.</summary>
    public string Input { get; init; } = "";

    /// <summary>Variables it sees beside this process's own; null takes one away.</summary>
    public IReadOnlyList<(string Name, string? Value)> Variables { get; init; } = [];

    public required TimeSpan TimeLimit { get; init; }

    /// <summary>The most it may write to standard output, in bytes; null when that is not wanted and thrown away.</summary>
    public int? OutputLimit { get; init; }

    /// <summary>Hears each line of standard error when it is written, also one that is not ended (a prompt); null when they are kept for <see cref="ProgramEnd.Ended.Error"/>.</summary>
    public Action<string>? HearError { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Runs it.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled from outside; the program is stopped.</exception>
    public async Task<ProgramEnd> RunAsync(CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(TimeLimit, Clock);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var process = Process.Start(Start())!;
            try
            {
                return await CommunicateAsync(process, over.Token);
            }
            finally
            {
                Stop(process);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ProgramEnd.TooSlow();
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            return new ProgramEnd.NotRun(e.Message);
        }
    }

    private ProcessStartInfo Start()
    {
        ProcessStartInfo start = new(File, Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private async Task<ProgramEnd> CommunicateAsync(Process process, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ArrayBufferWriter<byte> output = new();
        StringBuilder error = new();
        var streams = Task.WhenAll(WriteInputAsync(process, ended.Token), ReadOutputAsync(process, output, ended.Token), ReadErrorAsync(process, error, ended.Token));
        try
        {
            await process.WaitForExitAsync(ended.Token);
            ended.CancelAfter(GraceAfterExit);
            await streams;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // what it left behind holds its output open
        }
        finally
        {
            // nothing may read on when they are closed
            await ended.CancelAsync();
            await streams.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return output.WrittenCount > OutputLimit ? new ProgramEnd.TooMuch() : new ProgramEnd.Ended(process.ExitCode, output.WrittenMemory, error.ToString());
    }

    // a program may answer and end without having read what it was told: its answer and exit code tell the rest
    private async Task WriteInputAsync(Process process, CancellationToken cancellation)
    {
        try
        {
            await process.StandardInput.WriteAsync(Input.AsMemory(), cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // it closed its input
        }
    }

    private async Task ReadOutputAsync(Process process, ArrayBufferWriter<byte> output, CancellationToken cancellation)
    {
        var buffer = new byte[16 * 1024];
        while (await process.StandardOutput.BaseStream.ReadAsync(buffer, cancellation) is > 0 and var length)
        {
            if (OutputLimit is not { } most)
            {
                continue;
            }

            output.Write(buffer.AsSpan(0, length));
            if (output.WrittenCount > most)
            {
                Stop(process);
                return;
            }
        }
    }

    private async Task ReadErrorAsync(Process process, StringBuilder error, CancellationToken cancellation)
    {
        var left = LongestError;
        var buffer = new char[4096];
        while (true)
        {
            var read = process.StandardError.ReadAsync(buffer.AsMemory(), cancellation).AsTask();
            if (HearError is not null && error.Length > 0)
            {
                // a prompt has no line break behind it: it waits for an answer, and nobody would see for what
                await Task.WhenAny(read, Task.Delay(PromptPause, Clock, cancellation));
                PassOnLines(error, whole: read.IsCompleted);
            }

            if (await read is not (> 0 and var length))
            {
                break;
            }

            error.Append(buffer, 0, int.Min(length, left));
            left -= int.Min(length, left);
            PassOnLines(error, whole: true);
            left = HearError is null ? left : LongestError - error.Length;
        }

        PassOnLines(error, whole: false);
    }

    /// <summary>Passes on the lines that are there, and takes them away.</summary>
    /// <param name="whole">False when no more comes: what has no line break behind it is a line as well.</param>
    private void PassOnLines(StringBuilder error, bool whole)
    {
        if (HearError is not { } hear)
        {
            return;
        }

        var lines = error.ToString().Split('\n');
        error.Clear().Append(whole ? lines[^1] : "");
        foreach (var line in lines[..^1].Append(whole ? "" : lines[^1]).Where(l => l.Length > 0))
        {
            hear(line.TrimEnd('\r'));
        }
    }

    private static void Stop(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // it ended by itself meanwhile, or became another user's: nothing more can be done
        }
    }
}
