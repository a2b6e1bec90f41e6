using System.Collections.Concurrent;
using Cleat.Files;
using Cleat.Findings;
using Cleat.Formats;
using Cleat.Text;

namespace Cleat.Run;

/// <summary>Finds, reads and judges every file of a tree, in parallel; what is handed back is in the order of the paths.</summary>
internal sealed class TreeScan(ImageTree tree)
{
    private readonly TreeOptions options = tree.Options;
    private readonly Judging judging = new(tree.Options.Config);
    private readonly Neighbours neighbours = new(tree.Options.UseIgnoreFiles);
    private readonly ConcurrentBag<JobError> errors = [];
    private readonly ConcurrentBag<FoundFile> found = [];
    private readonly KustomizationsOfRun kustomizations = new();
    private GitChange? since;
    private readonly ConcurrentBag<string> unread = [];
    private int filesRead;

    public Report Judge(CancellationToken cancellation)
    {
        since = options.Since is null ? null : GitChange.Since(options.Since, tree.Paths, out var problem) ?? throw new CleatException(problem!);
        foreach (var text in tree.Texts)
        {
            FileGuard.Run(text.Path, () => Take(new(text.Path, null, text, FileReading.Read(text, named: true, tree.Formats), Surroundings.None), cancellation), errors.Add);
        }

        if (tree.Paths.Count > 0)
        {
            FileWalker.Walk(
                tree.Paths,
                new WalkOptions
                {
                    UseIgnoreFiles = options.UseIgnoreFiles,
                    Include = options.Include,
                    Exclude = options.Exclude,
                    ExcludeBelow = options.Config is { Exclude: { Count: > 0 } globs, Folder: { } folder } ? (globs, folder) : null,
                    Jobs = options.Jobs,
                    WantsPath = path => tree.Formats.Wants(path),
                },
                file => FileGuard.Run(file.Path, () => Visit(file, cancellation), errors.Add),
                (path, message) => errors.Add(new(path, null, "read", message)),
                cancellation);
        }

        cancellation.ThrowIfCancellationRequested();
        if (tree.Paths.Count > 0 && filesRead == 0 && since is null && errors.IsEmpty)
        {
            errors.Add(new(tree.Paths[0], null, "read", "no file was read: nothing here is of a format that Cleat knows, or all of it is left out"));
        }

        List<FoundFile> files = [.. found.OrderBy(f => f.Path, StringComparer.Ordinal)];
        kustomizations.Cover(files, errors.Add);
        return new()
        {
            Findings = [.. files.SelectMany(f => f.Findings)],
            Notices = [.. judging.ConfigNotices, .. files.SelectMany(f => f.Notices)],
            Errors = JobErrors.Sorted(errors),
            FilesRead = filesRead,
            Unread = [.. unread.Order(StringComparer.Ordinal)],
            Tree = tree,
            Kustomizations = options.ReadOnly ? [] : kustomizations.All,
        };
    }

    private void Visit(WalkedFile file, CancellationToken cancellation)
    {
        if (since?.Lines(file.FullPath) is [])
        {
            return;
        }

        var beside = neighbours.Of(file.FullPath);
        List<Format>? claiming = null;
        var read = FileReader.Read(file.FullPath, file.Named ? null : Wants, borrows: options.ReadOnly);
        if (!read.Succeeded)
        {
            errors.Add(new(file.Path, null, "read", read.Message ?? "could not be read"));
            return;
        }

        if (!read.Wanted)
        {
            Interlocked.Increment(ref filesRead);
            return;
        }

        SourceText source = new(file.Path, read.Bytes) { Stamp = read.Stamp };
        Take(new(file.Path, file.FullPath, source, FileReading.Read(source, file.Named, tree.Formats, beside, claiming, sites: !options.ReadOnly), beside), cancellation);

        // most files end here: what stands in them is of no format
        bool Wants(ReadOnlySpan<byte> bytes) => (claiming = tree.Formats.Claiming(file.FullPath, bytes, beside)).Count > 0;
    }

    private void Take(FileUses file, CancellationToken cancellation)
    {
        Interlocked.Increment(ref filesRead);
        if (file.Found.IsUnread)
        {
            unread.Add(file.Path);
        }

        foreach (var problem in file.Found.Problems)
        {
            errors.Add(new(file.Path, file.Source.Position(problem.Offset), "parse", problem.Message));
        }

        kustomizations.Add(file);
        if (file.Found.Uses.Count == 0)
        {
            return;
        }

        var added = file.FullPath is { } path ? since?.Lines(path) : null;
        var (judged, findings) = judging.Judge(file, added, cancellation);
        findings = added is null ? findings : findings.FindAll(f => GitChange.Touches(added, file.Source, f.Use.Span));
        found.Add(new(file.Path, file.FullPath, options.ReadOnly ? findings : findings.ConvertAll(f => f with { In = judged }), judged.Notices()));
    }
}

/// <summary>What is kept of a file in which something stands.</summary>
internal sealed class FoundFile(string path, string? fullPath, List<Finding> findings, IReadOnlyList<Notice> notices)
{
    public string Path => path;

    public string? FullPath => fullPath;

    public List<Finding> Findings { get; set; } = findings;

    public IReadOnlyList<Notice> Notices => notices;
}
