using Cleat.Files;
using Cleat.Formats;

namespace Cleat.Tests.Formats;

/// <summary>The cases in the source tree: <c>Formats/FORMAT/cases/CASE/</c> with input files and <c>expected.uses</c>.</summary>
internal static class CaseFiles
{
    public static string Root { get; } = Path.Combine(SourceTree.Root, "tests", "Cleat.Tests", "Formats");

    public static IEnumerable<string> Folders() =>
        Directory.EnumerateDirectories(Root)
            .Select(format => Path.Combine(format, "cases"))
            .Where(Directory.Exists)
            .SelectMany(Directory.EnumerateDirectories)
            .Select(folder => Path.GetRelativePath(Root, folder).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    /// <summary>The files of a case, as paths in its folder: all that is not <c>expected.*</c>.</summary>
    public static List<string> Inputs(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, folder), "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Where(f => !Path.GetFileName(f).StartsWith("expected.", StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(Path.Combine(Root, folder), f))
            .Order(StringComparer.Ordinal)];

    /// <summary>The formats that a case is read with: those that are off by default only where it is about them.</summary>
    public static FormatSet Formats(string folder) => folder.StartsWith("Shell/", StringComparison.Ordinal) ? Everything : FormatSet.BuiltIn;

    /// <summary>What stands beside a file of a case.</summary>
    public static Surroundings Beside(string folder, string file) => new Neighbours(TreeFiles.Of([Path.Combine(Root, folder)]), asksGit: false).Of(Path.Combine(Root, folder, file));

    private static FormatSet Everything { get; } = new(FormatList.All);
}
