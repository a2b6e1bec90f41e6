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

    /// <summary>Reads a config.</summary>
    /// <param name="wrong">One line, with the place where there is one; null when nothing is wrong.</param>
    public static CleatConfig? Read(string file, out string? wrong)
    {
        var shown = Path.GetRelativePath(Environment.CurrentDirectory, file);
        shown = shown.StartsWith("..", StringComparison.Ordinal) ? file : shown;
        var read = SettingsFile.Read(file);
        if (!read.Succeeded)
        {
            wrong = $"{shown}: {read.Message}";
            return null;
        }

        SourceText source = new(shown, read.Bytes);
        var config = ConfigReader.Read(source, out var problem);
        wrong = problem is null ? null : $"{source.Path}:{source.Position(problem.Offset)}: {problem.Message}";
        return config is null ? null : config with { Folder = Path.GetDirectoryName(Path.GetFullPath(file)) };
    }
}
