namespace Cleat.Programs;

/// <summary>
/// Looks a program up in PATH (POSIX, Base Definitions 8.3), in its absolute folders only: a program of that name that lies in the
/// working directory, the tree that is being checked, is never run.
/// </summary>
internal static class SearchPath
{
    private const UnixFileMode Runs = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <param name="searchPath">What PATH holds.</param>
    /// <returns>The first file of that name that may be run; null when there is none.</returns>
    public static string? Find(string program, string? searchPath) => (searchPath ?? "").Split(Path.PathSeparator)
        .Where(Path.IsPathFullyQualified)
        .Select(folder => Path.Join(folder, OperatingSystem.IsWindows() ? program + ".exe" : program))
        .FirstOrDefault(file => File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & Runs) != 0));
}
