using Cleat.Text;

namespace Cleat.Formats;

/// <summary>The files around another folder than that of the file that is read: a chart that a file names.</summary>
/// <param name="folder">From the file that is read to there; ends in a slash.</param>
internal sealed class FolderBeside(Surroundings beside, string folder) : Surroundings
{
    public override string? Path => null;

    public override string? Folder => beside.Folder is { } from ? RelativePath.Join(from, folder) : null;

    public override IReadOnlyList<string> Files(string folder) => beside.Files(At(folder));

    public override IReadOnlyList<string> Folders(string folder) => beside.Folders(At(folder));

    public override SourceText? Read(string path, bool keeps = true) => beside.Read(At(path), keeps);

    public override T? Parsed<T>(string path, Func<SourceText, T> parse)
        where T : class => beside.Parsed(At(path), parse);

    public override T Opened<T>(string folder, Func<Surroundings, T> open)
        where T : class => beside.Opened(At(folder), open);

    public override string? Above(string name) => null;

    public override bool IsPrivate(string path) => beside.IsPrivate(At(path));

    private string At(string path) => folder + path;
}
