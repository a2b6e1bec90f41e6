using System.Diagnostics.CodeAnalysis;

namespace Cleat.Cli;

/// <summary>
/// The three streams of a process as they were given to it. One that was closed (<c>cleat list >&amp;-</c>) has a number that the next file which is opened
/// gets, the runtime's or one that is being written: what is meant for the stream must not go there.
/// </summary>
internal static class StandardStreams
{
    private const int CloseOnExec = 0x80000; // O_CLOEXEC, on every architecture

    /// <summary>Keeps the numbers of closed streams taken.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "They are the process's, for as long as it lives.")]
    private static readonly List<object> Kept = [];

    public static Stream In() => IsGiven(0) ? Console.OpenStandardInput() : Stream.Null;

    public static Stream Out() => IsGiven(1) ? Console.OpenStandardOutput() : new ClosedOutput();

    public static TextWriter Error() => IsGiven(2) ? new StreamWriter(Console.OpenStandardError(), Terminal.Utf8) { AutoFlush = true } : TextWriter.Null;

    // no stream that a program is started with is closed on exec; a file that the runtime opened since is
    private static bool IsGiven(int number)
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        string told;
        try
        {
#pragma warning disable RS0030 // the kernel's own text, not a file that somebody names
            told = File.ReadAllText($"/proc/self/fdinfo/{number}");
#pragma warning restore RS0030
        }
        catch (FileNotFoundException)
        {
            // it gets the lowest number that is free
            Kept.Add(File.OpenHandle("/dev/null"));
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // no /proc here: nothing is known
            return true;
        }

        const string flags = "flags:";
        var at = told.IndexOf(flags, StringComparison.Ordinal);
        var line = at < 0 ? "" : told[(at + flags.Length)..].Split('\n')[0].Trim();
        return line.Length == 0 || !line.All(c => c is >= '0' and <= '7') || (Convert.ToInt64(line, 8) & CloseOnExec) == 0;
    }

    /// <summary>Takes nothing, and says so.</summary>
    private sealed class ClosedOutput : WriteOnlyStream
    {
        public override void Flush()
        {
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (count > 0)
            {
                throw new IOException("standard output is closed");
            }
        }
    }
}
