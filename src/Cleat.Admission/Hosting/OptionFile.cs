namespace Cleat.Admission.Hosting;

/// <summary>Files that the operator names in the options, such as certificates: no tree and no review names one.</summary>
internal static class OptionFile
{
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
#pragma warning disable RS0030 // the operator's own choice, read whole; a pipe there is his, too
    public static string Text(string path) => File.ReadAllText(path);
#pragma warning restore RS0030
}
