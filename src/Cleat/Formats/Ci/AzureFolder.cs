using Cleat.Text;

namespace Cleat.Formats.Ci;

/// <summary>The pipelines of a folder with the templates that they use; opened once a run.</summary>
internal sealed class AzureFolder
{
    private const int MostFiles = 5_000;

    private static readonly string[] Folders = [".azure-pipelines", "azure-pipelines", ".azuredevops", ".azure"];

    private readonly Dictionary<string, AzureFile> files = new(StringComparer.Ordinal);
    private readonly AzureFolder? above;

    private AzureFolder(Surroundings folder, string root)
    {
        Root = root;
        above = root.Length > 1 && RelativePath.Folder(root) is var parent ? folder.Opened("..", f => new AzureFolder(f, parent)) : null;
        Queue<string> left = new(Names(folder).Select(name => RelativePath.Join(root, name)));
        while (left.TryDequeue(out var path) && files.Count < MostFiles)
        {
            if (!files.ContainsKey(path) && folder.Parsed(path, source => new Parsed(source, root))?.File is { } file)
            {
                files.Add(path, file);
                foreach (var call in file.Calls)
                {
                    left.Enqueue(call.To);
                }
            }
        }

        Files = new(files.Values);
    }

    public CiFiles Files { get; }

    /// <summary>The folder's whole path.</summary>
    public string Root { get; }

    /// <summary>The nearest folder above whose pipelines use the file, or are it; null when there is none.</summary>
    public static AzureFolder? Around(string path, Surroundings beside)
    {
        if (RelativePath.Folder(path) is not { Length: > 0 } root)
        {
            return null;
        }

        var folder = beside.Opened("", f => new AzureFolder(f, root));
        while (folder is not null && !folder.files.ContainsKey(path))
        {
            folder = folder.above;
        }

        return folder;
    }

    private static IEnumerable<string> Names(Surroundings folder)
    {
        var beside = folder.Folders("");
        List<string> below = [.. Folders.Where(beside.Contains).SelectMany(f => folder.Folders(f).Select(inner => $"{f}/{inner}").Prepend(f))];
        return below.SelectMany(f => folder.Files(f).Select(name => $"{f}/{name}")).Concat(folder.Files("")).Where(name => Azure.Format.MayClaim(name));
    }

    private sealed class Parsed(SourceText source, string root)
    {
        public AzureFile? File { get; } = AzureFile.Read(source, root);
    }
}
