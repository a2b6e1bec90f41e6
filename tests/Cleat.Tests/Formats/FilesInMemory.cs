using System.Text;
using Cleat.Formats;
using Cleat.Text;

namespace Cleat.Tests.Formats;

/// <summary>Files beside one that is read, by absolute path.</summary>
internal sealed class FilesInMemory(IReadOnlyDictionary<string, string> files, string path) : Surroundings
{
    public override string? Path => path;

    public override IReadOnlyList<string> Files(string folder) =>
        [.. files.Keys.Where(f => RelativePath.Folder(f) == Full(folder)).Select(f => f[(f.LastIndexOf('/') + 1)..]).Order(StringComparer.Ordinal)];

    public override IReadOnlyList<string> Folders(string folder) =>
        [.. files.Keys.Where(f => f.StartsWith(Full(folder) + "/", StringComparison.Ordinal)).Select(f => f[(Full(folder).Length + 1)..]).Where(f => f.Contains('/', StringComparison.Ordinal)).Select(f => f[..f.IndexOf('/', StringComparison.Ordinal)]).Distinct().Order(StringComparer.Ordinal)];

    public override SourceText? Read(string path, bool keeps = true) => files.TryGetValue(Full(path), out var text) ? new(Full(path), Encoding.UTF8.GetBytes(text)) : null;

    public override string? Above(string name)
    {
        var up = "";
        for (var folder = RelativePath.Folder(path); ; folder = RelativePath.Folder(folder), up += "../")
        {
            if (files.ContainsKey($"{folder}/{name}"))
            {
                return up;
            }

            if (folder.Length == 0)
            {
                return null;
            }
        }
    }

    public override bool IsPrivate(string path) => false;

    private string Full(string relative) => relative.StartsWith('/') ? relative : RelativePath.Join(RelativePath.Folder(path), relative);
}
