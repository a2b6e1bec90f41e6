using Cleat.Findings;

namespace Cleat.Run;

/// <summary>One file's accident is that file's: a fault in what is done with it becomes an error of that file, and the rest of the run goes on.</summary>
internal static class FileGuard
{
    /// <param name="file">As it is reported.</param>
    /// <param name="work">Its cancellation, and what no program survives, go on to the caller.</param>
    public static void Run(string file, Action work, Action<JobError> fail)
    {
        try
        {
            work();
        }
#pragma warning disable CA1031 // not swallowed: it is told as an error of the file
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
#pragma warning restore CA1031
        {
            fail(Error(file, e));
        }
    }

    private static JobError Error(string file, Exception e) =>
        new(file, null, "internal", $"Cleat failed on this file and does not know all that is in it: please report it with the file. {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}");
}
