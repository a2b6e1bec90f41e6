using System.Collections.Concurrent;
using Cleat.Formats;
using Cleat.Text;

namespace Cleat.Files;

/// <summary>
/// The files beside those that a run reads, each read once and kept for the run: what a file's references are put together from stays
/// the same from finding to confirming, even when the run itself rewrites a neighbour.
/// </summary>
/// <param name="tree">Nothing else is read.</param>
/// <param name="asksGit">False to read files of values whether git tracks them or not.</param>
internal sealed class Neighbours(TreeFiles tree, bool asksGit = true)
{
    private readonly TreeFiles tree = tree;

    /// <summary>The largest neighbour that is read, in bytes: 16 MiB.</summary>
    public const long Limit = 16 << 20;

    private readonly ConcurrentDictionary<string, (IReadOnlyList<string> Files, IReadOnlyList<string> Folders)> folders = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SourceText?> files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Folder, string Name), int> above = new();
    private readonly ConcurrentDictionary<(string Path, Type Type), Lazy<object?>> parsed = new();
    private readonly ConcurrentDictionary<(string Folder, Type Type), object> opened = new();
    private readonly ConcurrentDictionary<(string From, string Path), bool> refused = new();
    private readonly PrivateValues values = new();

    /// <summary>What was named and lies outside of the tree, with the file or the folder that names it.</summary>
    public IEnumerable<(string From, string Path)> Refused => refused.Keys;

    /// <summary>The files of values that were asked for and are this machine's alone.</summary>
    public IEnumerable<string> RefusedValues => files.Where(f => f.Value is null && ArePrivate(f.Key)).Select(f => f.Key);

    /// <param name="fullPath">Absolute path of the file that is read.</param>
    /// <param name="folder">Its folder without links; null when the path has none.</param>
    public Surroundings Of(string fullPath, string? folder = null) => new Beside(this, fullPath, folder ?? Path.GetDirectoryName(fullPath) ?? "/");

    /// <inheritdoc cref="PrivateValues.Contains"/>
    public bool ArePrivate(string fullPath) => asksGit && values.Contains(fullPath);

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
        values.Forget();
    }

    private bool IsPrivate(string path) => asksGit && values.IsPrivate(path);

    private T? Parsed<T>(string path, Func<SourceText, T> parse)
        where T : class =>
        (T?)parsed.GetOrAdd((path, typeof(T)), key => new(() => Text(key.Path, keeps: true) is { } source ? parse(source) : null)).Value;

    // two threads may both open a folder, and the first is kept: to wait for the other could be for ever, when each opens what the other asks for
    private T Opened<T>(string folder, Func<Surroundings, T> open)
        where T : class =>
        (T)opened.GetOrAdd((folder, typeof(T)), static (key, asked) => asked.Open(new Beside(asked.Self, null, key.Folder)), (Self: this, Open: open));

    private (IReadOnlyList<string> Files, IReadOnlyList<string> Folders) Names(string folder) => folders.GetOrAdd(folder, path =>
    {
        try
        {
            var entries = tree.List(path).OrderBy(e => e.Name, StringComparer.Ordinal).ToLookup(e => IsFolder(path, e), e => e.Name);
            return (Files: [.. entries[false]], Folders: [.. entries[true]]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ([], []);
        }
    });

    private bool IsFolder(string folder, FolderEntry entry) =>
        entry.Kind is FileKind.Folder || (entry.Kind is FileKind.Link or null && tree.Kind(Path.Join(folder, entry.Name)) is FileKind.Folder);

    private SourceText? Text(string path, bool keeps) => keeps || ArePrivate(path) ? files.GetOrAdd(path, Text) : files.TryGetValue(path, out var kept) ? kept : Text(path);

    private SourceText? Text(string path, Func<ReadOnlySpan<byte>, bool> wants) =>
        files.TryGetValue(path, out var kept) ? kept is not null && wants(kept.Span) ? kept : null
        : ArePrivate(path) ? null
        : tree.Read(path, wants, Limit) is { Succeeded: true, Wanted: true } read ? new SourceText(path, read.Bytes) : null;

    private SourceText? Text(string path) => !ArePrivate(path) && tree.Read(path, limit: Limit) is { Succeeded: true } read ? new SourceText(path, read.Bytes) : null;

    // how many folders up, or -1
    private int LevelsUp(string folder, string name)
    {
        if (above.TryGetValue((folder, name), out var known))
        {
            return known;
        }

        var levels = IsFile(Path.Join(folder, name)) ? 0
            : Path.GetDirectoryName(folder) is { } parent && tree.Holds(parent) && LevelsUp(parent, name) is var up and >= 0 ? up + 1 : -1;
        above[(folder, name)] = levels;
        return levels;
    }

    // nearly all are not there
    private bool IsFile(string path) =>
        tree.Holds(path) && NativeMethods.TryStatus(path, follow: false, out var status)
        && (status.Kind == FileKind.File || (status.Kind == FileKind.Link && tree.Kind(path) == FileKind.File));

    // what lies above the tree may have been looked for without being named
    private string? Inside(string? from, string path, bool isFolder)
    {
        if (tree.Holds(path))
        {
            return path;
        }

        if (from is not null && (!isFolder || !tree.IsAbove(path)))
        {
            refused.TryAdd((from, path), true);
        }

        return null;
    }

    private sealed class Beside(Neighbours neighbours, string? fullPath, string inFolder) : Surroundings
    {
        public override string? Path => fullPath;

        public override string? Folder => inFolder;

        public override T? Parsed<T>(string path, Func<SourceText, T> parse)
            where T : class => File(path) is { } file ? neighbours.Parsed(file, parse) : null;

        public override T Opened<T>(string folder, Func<Surroundings, T> open)
            where T : class => neighbours.Opened(Noted(folder), open);

        public override Surroundings In(string folder) => new Beside(neighbours, null, Noted(folder));

        public override IReadOnlyList<string> Files(string folder) => Inside(folder) is { } path ? neighbours.Names(path).Files : [];

        public override IReadOnlyList<string> Folders(string folder) => Inside(folder) is { } path ? neighbours.Names(path).Folders : [];

        public override SourceText? Read(string path, bool keeps = true) => File(path) is { } file ? neighbours.Text(file, keeps) : null;

        public override SourceText? Glance(string path, Func<ReadOnlySpan<byte>, bool> wants) => File(path) is { } file ? neighbours.Text(file, wants) : null;

        public override string? Above(string name) => neighbours.LevelsUp(inFolder, name) is var levels and >= 0 ? string.Concat(Enumerable.Repeat("../", levels)) : null;

        public override bool IsPrivate(string path) => neighbours.IsPrivate(SlashPath.GetFullPath(path, inFolder));

        // who names what: a folder outside of the tree names nothing
        private string? From => fullPath ?? (neighbours.tree.Holds(inFolder) ? inFolder : null);

        private string Noted(string folder)
        {
            _ = Inside(folder);
            return Full(folder);
        }

        private string? File(string path) => neighbours.Inside(From, SlashPath.GetFullPath(path, inFolder), isFolder: false);

        private string? Inside(string folder) => neighbours.Inside(From, Full(folder), isFolder: true);

        private string Full(string folder) => SlashPath.TrimEndingDirectorySeparator(SlashPath.GetFullPath(folder, inFolder));
    }
}
