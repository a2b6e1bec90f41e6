using System.Runtime.InteropServices;

namespace Cleat.Cli;

/// <summary>
/// Ctrl-C and SIGTERM. The first asks the run to stop, and ends the process when it does not do so soon; the second ends it at once. Files are
/// written whole or not at all, so that the process may end at any moment.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource stop = new();
    private readonly PosixSignalRegistration interrupt;
    private readonly PosixSignalRegistration terminate;
    private readonly Action<string> say;
    private int code;

    public StopSignals(TextWriter error)
    {
        say = error.WriteLine;
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => stop.Token;

    /// <summary>The exit code of a run that was stopped: which signal it was.</summary>
    public int ExitCode => code;

    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
        stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        // what the system would do is to end the process without a word
        context.Cancel = true;
        var own = context.Signal == PosixSignal.SIGINT ? Cli.ExitCode.Interrupted : Cli.ExitCode.Terminated;
        if (Interlocked.CompareExchange(ref code, own, 0) != 0)
        {
            End();
            return;
        }

        // both on other threads: what is cancelled may take its time, and a second signal must be heard
        _ = Task.Delay(Patience).ContinueWith(_ => End(), TaskScheduler.Default);
        _ = stop.CancelAsync();
    }

    private void End()
    {
        // nobody may be reading what is said
        Task.Run(() => say($"cleat: {CleatCommand.Stopped}")).Wait(TimeSpan.FromMilliseconds(50));
        Environment.Exit(code);
    }
}
