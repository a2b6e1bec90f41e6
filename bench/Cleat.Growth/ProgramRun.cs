using System.Globalization;
using System.Runtime.InteropServices;

namespace Cleat.Growth;

/// <summary>What one run of a program took, as wait4(2) says it.</summary>
/// <param name="Seconds">Processor time, user and system.</param>
/// <param name="Peak">The most memory that was resident, in bytes; never below this program's own.</param>
/// <param name="ExitCode">128 and more: ended by a signal.</param>
internal sealed partial record ProgramRun(double Seconds, long Peak, int ExitCode, bool IsTimedOut)
{
    private const int Kill = 9;
    private const int ProcessorTimeIsUp = 24;

    // a program that waits for something uses no processor time
    private const int Patience = 10;

    /// <summary>Runs a program in a folder, its output going nowhere.</summary>
    /// <param name="limit">Of processor time; a machine that has other work is no fault of the program's.</param>
    public static ProgramRun Of(string program, string folder, IEnumerable<string> arguments, TimeSpan limit)
    {
        // the shell becomes the program: no process of its own is measured
        string?[] words = ["/bin/sh", "-c", "cd \"$1\" && ulimit -c 0 && ulimit -S -t \"$2\" && shift 2 && exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", folder, limit.TotalSeconds.ToString(CultureInfo.InvariantCulture), program, .. arguments, null];
        string?[] environment = [.. Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Select(v => $"{v.Key}={v.Value}"), null];
        var error = Spawn(out var pid, "/bin/sh", 0, 0, words, environment);
        if (error != 0)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"/bin/sh could not be started: error {error}"));
        }

        var isTimedOut = false;
        Usage usage;
        int status;
        using (new Timer(_ => isTimedOut = Signal(pid, Kill) == 0, null, limit * Patience, Timeout.InfiniteTimeSpan))
        {
            if (Wait(pid, out status, 0, out usage) < 0)
            {
                throw new InvalidOperationException($"{program} was started and could not be waited for");
            }
        }

        var signal = status & 0x7f;
        return new(usage.Seconds, usage.PeakKilobytes * 1024, signal == 0 ? (status >> 8) & 0xff : 128 + signal, isTimedOut || signal == ProcessorTimeIsUp);
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Spawn(out int pid, string path, nint actions, nint attributes, string?[] arguments, string?[] environment);

    [LibraryImport("libc", EntryPoint = "wait4")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Wait(int pid, out int status, int options, out Usage usage);

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Signal(int pid, int signal);

    // struct rusage of 64-bit Linux
    [StructLayout(LayoutKind.Sequential, Size = 18 * sizeof(long))]
    private struct Usage
    {
        public long UserSeconds;
        public long UserMicroseconds;
        public long SystemSeconds;
        public long SystemMicroseconds;
        public long PeakKilobytes;

        public readonly double Seconds => UserSeconds + SystemSeconds + ((UserMicroseconds + SystemMicroseconds) / 1e6);
    }
}
