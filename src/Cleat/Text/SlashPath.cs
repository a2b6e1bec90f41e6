namespace Cleat.Text;

/// <summary>
/// <see cref="System.IO.Path"/> with slashes on every system: on Windows a whole path reads <c>C:/a/b</c>, which Windows takes as well, so that
/// paths of the disk and paths in files are compared as they are. The project's alias <c>Path</c> stands for it.
/// </summary>
internal static class SlashPath
{
    public static readonly char PathSeparator = System.IO.Path.PathSeparator;

    /// <summary>The folder that this process works in.</summary>
    public static string CurrentFolder => Slashed(Environment.CurrentDirectory);

    /// <summary>A path of this system, with slashes.</summary>
    public static string Slashed(string path) => OperatingSystem.IsWindows() ? path.Replace('\\', '/') : path;

    public static string Join(string? first, string? second) => Slashed(System.IO.Path.Join(first, second));

    public static string Join(params ReadOnlySpan<string?> paths) => Slashed(System.IO.Path.Join(paths));

    public static string Combine(params ReadOnlySpan<string> paths) => Slashed(System.IO.Path.Combine(paths));

    public static string GetFullPath(string path) => Slashed(System.IO.Path.GetFullPath(path));

    public static string GetFullPath(string path, string from) => Slashed(System.IO.Path.GetFullPath(path, from));

    public static string GetRelativePath(string from, string path) => Slashed(System.IO.Path.GetRelativePath(from, path));

    public static string? GetDirectoryName(string? path) => System.IO.Path.GetDirectoryName(path) is { } folder ? Slashed(folder) : null;

    public static string GetFileName(string path) => System.IO.Path.GetFileName(path);

    public static ReadOnlySpan<char> GetFileName(ReadOnlySpan<char> path) => System.IO.Path.GetFileName(path);

    public static ReadOnlySpan<char> GetFileNameWithoutExtension(ReadOnlySpan<char> path) => System.IO.Path.GetFileNameWithoutExtension(path);

    public static ReadOnlySpan<char> GetExtension(ReadOnlySpan<char> path) => System.IO.Path.GetExtension(path);

    public static string ChangeExtension(string path, string? extension) => System.IO.Path.ChangeExtension(path, extension);

    public static string TrimEndingDirectorySeparator(string path) => System.IO.Path.TrimEndingDirectorySeparator(path);

    public static bool IsPathRooted(string path) => System.IO.Path.IsPathRooted(path);

    public static bool IsPathFullyQualified(string path) => System.IO.Path.IsPathFullyQualified(path);
}
