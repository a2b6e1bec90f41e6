using Cleat.Text;

namespace Cleat.Formats;

/// <summary>The files around one as they will be when what is planned is written: two that are read together are changed together.</summary>
/// <param name="texts">By whole path.</param>
internal sealed class PlannedFiles(Surroundings beside, IReadOnlyDictionary<string, SourceText> texts) : Surroundings
{
    public override string? Path => beside.Path;

    public override string? Folder => beside.Folder;

    public override IReadOnlyList<string> Files(string folder) => beside.Files(folder);

    public override IReadOnlyList<string> Folders(string folder) => beside.Folders(folder);

    public override SourceText? Read(string path, bool keeps = true) =>
        beside.Read(path, keeps) is not { } source ? null
        : Folder is { } folder && texts.TryGetValue(RelativePath.Join(folder, path), out var planned) ? planned : source;

    public override string? Above(string name) => beside.Above(name);

    public override bool IsPrivate(string path) => beside.IsPrivate(path);
}
