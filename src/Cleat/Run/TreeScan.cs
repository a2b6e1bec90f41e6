using System.Collections.Concurrent;
using Cleat.Files;
using Cleat.Findings;
using Cleat.Formats;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Run;

/// <summary>Finds, reads and judges every file of a tree, in parallel; what is handed back is in the order of the paths.</summary>
internal sealed class TreeScan(ImageTree tree)
{
    private readonly TreeOptions options = tree.Options;
    private readonly Judging judging = new(tree.Options.Config);
    private readonly ConcurrentBag<JobError> errors = [];
    private readonly ConcurrentBag<FoundFile> found = [];
    private readonly KustomizationsOfRun kustomizations = new();
    private readonly ConcurrentBag<string> unread = [];
    private GitChange? since;
    private WalkArguments? arguments;
    private TreeFiles? files;
    private Neighbours? neighbours;
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
            arguments = WalkArguments.Read(tree.Paths, Unreadable);
            files = TreeFiles.Around(arguments.Places);
            neighbours = new(files);
            FileWalker.Walk(
                arguments,
                files,
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
                Unreadable,
                cancellation);
        }

        cancellation.ThrowIfCancellationRequested();
        if (tree.Paths.Count > 0 && filesRead == 0 && since is null && errors.IsEmpty)
        {
            errors.Add(new(tree.Paths[0], null, "read", "no file was read: nothing here is of a format that Cleat knows, or all of it is left out"));
        }

        List<FoundFile> inOrder = [.. found.OrderBy(f => f.Path, StringComparer.Ordinal)];
        kustomizations.Cover(inOrder, errors.Add);
        SplitTags.Mark(inOrder);
        return new()
        {
            Findings = [.. inOrder.SelectMany(f => f.Findings)],
            Notices = [.. judging.ConfigNotices, .. inOrder.SelectMany(f => f.Rules.Notices()), .. NotRead()],
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

        if (!file.Named && PrivateValues.AreValues(file.FullPath) && neighbours!.ArePrivate(file.FullPath))
        {
            return;
        }

        var beside = neighbours!.Of(file.FullPath, file.Named ? arguments!.FolderOf(file.FullPath) : null);
        List<Format>? claiming = null;

        // a link that was named is followed wherever it leads
        var read = file.Named ? FileReader.Read(file.FullPath, borrows: options.ReadOnly) : files!.Read(file.FullPath, Wants, borrows: options.ReadOnly);
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

    private void Unreadable(string path, string message) => errors.Add(new(path, null, "read", message));

    private IEnumerable<Notice> NotRead() =>
        files is null || tree.Options.Config.Apply(Rule.UnreadFile) is not { } rule ? [] : UnreadFiles.Notices(rule, files, neighbours!, arguments!.PrintedPath);

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
        found.Add(new(file.Path, file.FullPath, options.ReadOnly ? findings : findings.ConvertAll(f => f with { In = judged }), judged.Rules));
    }
}

/// <summary>What is kept of a file in which something stands.</summary>
internal sealed class FoundFile(string path, string? fullPath, List<Finding> findings, FileRules rules)
{
    public string Path => path;

    public string? FullPath => fullPath;

    public List<Finding> Findings { get; set; } = findings;

    public FileRules Rules => rules;
}
