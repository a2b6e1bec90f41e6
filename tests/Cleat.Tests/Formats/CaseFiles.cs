namespace Cleat.Tests.Formats;

/// <summary>The cases in the source tree: <c>Formats/FORMAT/cases/CASE/</c> with one input file and <c>expected.uses</c>.</summary>
internal static class CaseFiles
{
    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> Folders() =>
        Directory.EnumerateDirectories(Root)
            .Select(format => Path.Combine(format, "cases"))
            .Where(Directory.Exists)
            .SelectMany(Directory.EnumerateDirectories)
            .Select(folder => Path.GetRelativePath(Root, folder).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    /// <summary>The one file of the folder that is not <c>expected.*</c>.</summary>
    public static string Input(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder)).Single(f => !Path.GetFileName(f).StartsWith("expected.", StringComparison.Ordinal));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Cleat.slnx")))
            {
                return Path.Combine(folder.FullName, "tests", "Cleat.Tests", "Formats");
            }
        }

        throw new InvalidOperationException("no Cleat.slnx above the tests");
    }
}
