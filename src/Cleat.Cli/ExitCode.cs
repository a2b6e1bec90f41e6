namespace Cleat.Cli;

/// <summary>What the exit code says. 3 wins over 1: a check that did not see everything must not look like one that did.</summary>
internal static class ExitCode
{
    /// <summary>Done; nothing to report.</summary>
    public const int Done = 0;

    /// <summary>Findings, or changes would be made.</summary>
    public const int Findings = 1;

    /// <summary>The command line or the config is wrong; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>Something could not be read, parsed, resolved or written.</summary>
    public const int Incomplete = 3;

    /// <summary>Stopped by Ctrl-C; every file is whole (128 and the signal's number, as shells have it).</summary>
    public const int Interrupted = 130;

    /// <summary>Stopped by SIGTERM; every file is whole.</summary>
    public const int Terminated = 143;
}
