using System.Collections.Concurrent;
using System.Text;
using Cleat.Formats;
using Cleat.Text;

namespace Cleat.Files;

/// <summary>
/// The files beside those that a run reads, each read once and kept for the run: what a file's references are put together from stays
/// the same from finding to confirming, even when the run itself rewrites a neighbour.
/// </summary>
/// <param name="useIgnoreFiles">Whether the run honours .gitignore.</param>
internal sealed class Neighbours(bool useIgnoreFiles = true)
{
    /// <summary>The largest neighbour that is read, in bytes: 16 MiB.</summary>
    public const long Limit = 16 << 20;

    private readonly ConcurrentDictionary<string, (IReadOnlyList<string> Files, IReadOnlyList<string> Folders)> folders = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SourceText?> files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Folder, string Name), int> above = new();
    private readonly ConcurrentDictionary<(string Path, Type Type), Lazy<object?>> parsed = new();
    private readonly ConcurrentDictionary<(string Folder, Type Type), object> opened = new();
    private readonly ConcurrentDictionary<string, bool> ignored = new(StringComparer.Ordinal);

    /// <param name="fullPath">Absolute path of the file that is read.</param>
    public Surroundings Of(string fullPath) => new Beside(this, fullPath, Path.GetDirectoryName(fullPath) ?? "/");

    /// <summary>Takes a text in the place of the file on disk: an editor's, that is not saved yet.</summary>
    public void Hold(string fullPath, SourceText text)
    {
        Forget(fullPath);
        files[fullPath] = text;
    }

    /// <summary>Lets go of what is known of a file: the next who asks reads it anew.</summary>
    public void Forget(string fullPath)
    {
        files.TryRemove(fullPath, out _);
        foreach (var key in parsed.Keys.Where(k => k.Path == fullPath))
        {
            parsed.TryRemove(key, out _);
        }

        // what was made of folders may rest on the file, whichever folders those are
        opened.Clear();
        folders.Clear();
        above.Clear();
        ignored.Clear();
    }

    private T? Parsed<T>(string path, Func<SourceText, T> parse)
        where T : class =>
        (T?)parsed.GetOrAdd((path, typeof(T)), key => new(() => Text(key.Path, keeps: true) is { } source ? parse(source) : null)).Value;

    // two threads may both open a folder, and the first is kept: to wait for the other could be for ever, when each opens what the other asks for
    private T Opened<T>(string folder, Func<Surroundings, T> open)
        where T : class =>
        (T)opened.GetOrAdd((folder, typeof(T)), static (key, asked) => asked.Open(new Beside(asked.Self, null, key.Folder)), (Self: this, Open: open));

    private (IReadOnlyList<string> Files, IReadOnlyList<string> Folders) Names(string folder) => folders.GetOrAdd(folder, static path =>
    {
        try
        {
            var entries = FolderListing.Read(path).OrderBy(e => e.Name, StringComparer.Ordinal).ToLookup(e => IsFolder(path, e), e => e.Name);
            return ([.. entries[false]], [.. entries[true]]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ([], []);
        }
    });

    private static bool IsFolder(string folder, FolderEntry entry) =>
        entry.Kind is FileKind.Folder || (entry.Kind is FileKind.Link or null && Directory.Exists(Path.Join(folder, entry.Name)));

    private SourceText? Text(string path, bool keeps) => keeps ? files.GetOrAdd(path, Text) : files.TryGetValue(path, out var kept) ? kept : Text(path);

    private SourceText? Text(string path, Func<ReadOnlySpan<byte>, bool> wants) =>
        files.TryGetValue(path, out var kept) ? kept is not null && wants(kept.Span) ? kept : null
        : FileReader.Read(path, wants, Limit) is { Succeeded: true, Wanted: true } read ? new SourceText(path, read.Bytes) : null;

    private static SourceText? Text(string path) => FileReader.Read(path, limit: Limit) is { Succeeded: true } read ? new SourceText(path, read.Bytes) : null;

    // how many folders up, or -1
    private int LevelsUp(string folder, string name)
    {
        if (above.TryGetValue((folder, name), out var known))
        {
            return known;
        }

        var levels = NativeMethods.TryStatus(Path.Join(folder, name), follow: true, out var status) && status.Kind == FileKind.File ? 0
            : Path.GetDirectoryName(folder) is { } parent && LevelsUp(parent, name) is var up and >= 0 ? up + 1 : -1;
        above[(folder, name)] = levels;
        return levels;
    }

    private bool IsIgnored(string path) => ignored.GetOrAdd(path, AskIgnored);

    private bool AskIgnored(string path)
    {
        var folder = Path.GetDirectoryName(path) ?? "/";
        // what cannot be read is said by the walk
        var rules = useIgnoreFiles ? GitRepository.IgnoreFile(GitRepository.RulesAbove(folder, (_, _) => { }), folder, (_, _) => { }) : null;
        return rules?.Ignores(Encoding.UTF8.GetBytes(path), isFolder: false) == true;
    }

    private sealed class Beside(Neighbours neighbours, string? fullPath, string inFolder) : Surroundings
    {
        public override string? Path => fullPath;

        public override string? Folder => inFolder;

        public override T? Parsed<T>(string path, Func<SourceText, T> parse)
            where T : class => neighbours.Parsed(System.IO.Path.GetFullPath(path, inFolder), parse);

        public override T Opened<T>(string folder, Func<Surroundings, T> open)
            where T : class => neighbours.Opened(Full(folder), open);

        public override Surroundings In(string folder) => new Beside(neighbours, null, Full(folder));

        public override IReadOnlyList<string> Files(string folder) => neighbours.Names(Full(folder)).Files;

        public override IReadOnlyList<string> Folders(string folder) => neighbours.Names(Full(folder)).Folders;

        public override SourceText? Read(string path, bool keeps = true) => neighbours.Text(System.IO.Path.GetFullPath(path, inFolder), keeps);

        public override SourceText? Glance(string path, Func<ReadOnlySpan<byte>, bool> wants) => neighbours.Text(System.IO.Path.GetFullPath(path, inFolder), wants);

        public override string? Above(string name) => neighbours.LevelsUp(inFolder, name) is var levels and >= 0 ? string.Concat(Enumerable.Repeat("../", levels)) : null;

        public override bool IsIgnored(string path) => neighbours.IsIgnored(System.IO.Path.GetFullPath(path, inFolder));

        private string Full(string folder) => System.IO.Path.GetFullPath(folder, inFolder).TrimEnd('/') is { Length: > 0 } path ? path : "/";
    }
}
