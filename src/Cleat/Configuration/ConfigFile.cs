using Cleat.Files;
using Cleat.Text;

namespace Cleat.Configuration;

/// <summary>Finds the config of a run on the disk.</summary>
internal static class ConfigFile
{
    /// <summary>
    /// Looks for <c>.cleat.yaml</c> (or <c>.cleat.yml</c>, <c>cleat.yaml</c>, <c>cleat.yml</c>, the first that is there) beside the path and in the folders above, up to the root of the git repository, or of the
    /// file system where there is none.
    /// </summary>
    /// <returns>The file's path, or null.</returns>
    public static string? Find(string path)
    {
        var folder = Path.GetFullPath(path);
        folder = Directory.Exists(folder) ? folder : Path.GetDirectoryName(folder);
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            foreach (var name in (string[])[ConfigKeys.FileName, .. ConfigKeys.OtherFileNames])
            {
                var file = Path.Join(folder, name);

                // a folder or a link that leads nowhere is found, too: reading it says what is wrong
                if (NativeMethods.TryStatus(file, follow: false, out _))
                {
                    return file;
                }
            }

            if (GitRepository.IsRoot(folder))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Why a config that was found must not be read: what a link out of the tree leads to is not the tree's; null when it may be.</summary>
    public static string? Refusal(string file)
    {
        var folder = Path.GetDirectoryName(file) ?? "/";
        return NativeMethods.TryStatus(file, follow: false, out var status) && status.Kind == FileKind.Link
            && NativeMethods.RealPath(file) is { } real && !RealRoot.Holds(GitRepository.RootOf(folder) ?? folder, real)
            ? $"{PrintedPath(file)}: it is a link that leads out of the tree: name it with --config, or put the file in its place"
            : null;
    }

    /// <summary>The entries with whole paths, and the file that they are from.</summary>
    public static IReadOnlyDictionary<string, RegistryEntry> Whole(IReadOnlyDictionary<string, RegistryEntry> registries, string file) => registries.ToDictionary(
        r => r.Key,
        r => r.Value with { From = PrintedPath(file), CaFile = r.Value.CaFile is { } authority ? Path.GetFullPath(authority, Path.GetDirectoryName(Path.GetFullPath(file))!) : null },
        StringComparer.Ordinal);

    private static string PrintedPath(string file)
    {
        var shown = Path.GetRelativePath(Path.CurrentFolder, file);
        return shown.StartsWith("..", StringComparison.Ordinal) ? file : shown;
    }

    /// <summary>Reads a config.</summary>
    /// <param name="wrong">One line, with the place where there is one; null when nothing is wrong.</param>
    public static CleatConfig? Read(string file, out string? wrong)
    {
        var shown = PrintedPath(file);
        var read = SettingsFile.Read(file);
        if (!read.Succeeded)
        {
            wrong = $"{shown}: {read.Message}";
            return null;
        }

        SourceText source = new(shown, read.Bytes);
        var config = ConfigReader.Read(source, out var problem);
        wrong = problem is null ? null : $"{source.Path}:{source.Position(problem.Offset)}: {problem.Message}";
        return config is null ? null : config with { Folder = Path.GetDirectoryName(Path.GetFullPath(file)), Registries = Whole(config.Registries, file) };
    }
}
