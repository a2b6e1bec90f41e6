using Cleat.Files;

namespace Cleat.Cli.Options;

/// <summary>A file that an option names to be written: what is known to be wrong with it is said before anything is done.</summary>
internal static class OutputPlace
{
    /// <exception cref="UsageException">It cannot be written there.</exception>
    public static string? Checked(string option, string? path) =>
        path is not null && OutputFile.Problem(path) is { } problem ? throw new UsageException($"{option}: {problem}") : path;

    /// <exception cref="IOException">It could not be written after all.</exception>
    public static void Write(string option, string path, Action<Stream> write)
    {
        try
        {
            OutputFile.Write(path, write);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{option}: {e.Message}", e);
        }
    }
}
