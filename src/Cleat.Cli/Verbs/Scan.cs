using System.Collections.Concurrent;
using Cleat.Cli.Options;
using Cleat.Files;
using Cleat.Findings;
using Cleat.Formats.Kustomize;
using Cleat.Formats;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Cli.Verbs;

/// <summary>A file that was read, and what stands in it.</summary>
internal sealed record ScannedFile(string Path, string? FullPath, SourceText Source, UseSink Found, Surroundings Beside);

/// <summary>Finds and reads every file of a run, in parallel; what is handed back is in the order of the paths.</summary>
internal sealed class Scan(CommonValues options, Terminal terminal)
{
    private readonly Judging judging = new(options.Config);
    private readonly ConcurrentBag<JobError> errors = [];
    private readonly Neighbours neighbours = new(options.UseIgnoreFiles);
    private readonly ConcurrentBag<(string Path, KustomizationFolder Folder)> kustomizations = [];
    private int filesRead;

    public IEnumerable<JobError> Errors => errors;

    public int FilesRead => filesRead;

    /// <summary>The kustomizations that were read.</summary>
    public IEnumerable<KustomizationFolder> Kustomizations => kustomizations.Select(k => k.Folder);

    public FormatSet Formats => options.Formats;

    /// <summary>Only what this change adds is read and told; null for everything.</summary>
    public GitChange? Since { get; init; }

    public void Fail(string? file, LinePosition? position, string code, string message) => errors.Add(new(file, position, code, message));

    // reads everything and keeps what is made of each file (null keeps nothing)
    private List<T> Run<T>(Func<ScannedFile, T?> keep, bool keepSources, CancellationToken cancellation)
        where T : class
    {
        ConcurrentBag<(string Path, T Kept)> kept = [];
        void Take(ScannedFile file)
        {
            Interlocked.Increment(ref filesRead);
            foreach (var problem in file.Found.Problems)
            {
                Fail(file.Path, file.Source.Position(problem.Offset), "parse", problem.Message);
            }

            if (file is { FullPath: not null, Found.Kustomization: { } folder })
            {
                kustomizations.Add((file.Path, folder));
            }

            if (keep(file) is { } value)
            {
                kept.Add((file.Path, value));
            }
        }

        if (options.Paths.Contains("-"))
        {
            var source = new SourceText(options.StdinName, ReadAll(terminal.In));
            var found = FileReading.Read(source, named: true, options.Formats);
            if (!options.Quiet && StdinHint.Of(source, found, options.Formats) is { } hint)
            {
                terminal.Error.WriteLine($"note: {hint}");
            }

            Take(new ScannedFile(options.StdinName, null, source, found, Surroundings.None));
        }

        var paths = options.Paths.Where(p => p != "-").ToList();
        if (paths.Count > 0)
        {
            FileWalker.Walk(
                paths,
                new WalkOptions
                {
                    UseIgnoreFiles = options.UseIgnoreFiles,
                    Include = options.Include,
                    Exclude = options.Exclude,
                    ExcludeBelow = options.Config is { Exclude: { Count: > 0 } globs, Folder: { } folder } ? (globs, folder) : null,
                    Jobs = options.Jobs,
                    WantsPath = path => options.Formats.Wants(path),
                },
                file => Visit(file, keepSources, Take),
                (path, message) => Fail(path, null, "read", message),
                cancellation);
        }

        return [.. kept.OrderBy(k => k.Path, StringComparer.Ordinal).Select(k => k.Kept)];
    }

    /// <summary>The report of a run.</summary>
    public Report Report(IReadOnlyList<JudgedFile> files) => new()
    {
        Findings = [.. files.SelectMany(f => f.Findings)],
        Notices = [.. judging.ConfigNotices, .. files.SelectMany(f => f.Notices)],
        Errors = SortedErrors(),
        FilesRead = FilesRead,
    };

    public List<JobError> SortedErrors() =>
        [.. errors.OrderBy(e => e.File, StringComparer.Ordinal).ThenBy(e => e.Position?.Line).ThenBy(e => e.Position?.Column).ThenBy(e => e.Message, StringComparer.Ordinal)];

    /// <summary>Reads and judges everything; the files in which nothing stands are left out.</summary>
    /// <param name="keepSources">True for what is to be rewritten; a report needs no bytes, and to hold those of every file costs more than to read them.</param>
    public List<JudgedFile> Judge(bool keepSources, CancellationToken cancellation)
    {
        var files = Run(file => judging.Judge(file) is { } judged ? Kept(Added(judged)) : null, keepSources, cancellation);
        JudgedFile Kept(JudgedFile judged) => keepSources ? judged : judged.WithoutSource();
        Coverage coverage = new(Kustomizations);
        return files.ConvertAll(f => f.File.FullPath is { } path && coverage.Holds(path) ? f with { Findings = [.. f.Findings.Select(found => Covered(coverage, f.File, found))] } : f);
    }

    // what a kustomization of the run pins breaks no rule where it stands
    private Finding Covered(Coverage coverage, ScannedFile file, Finding finding) =>
        file.FullPath is { } path && coverage.By(path, finding.Use) is { } by
            ? finding with { Rule = null, CoveredBy = kustomizations.FirstOrDefault(k => k.Folder.Path == by).Path ?? by }
            : finding;

    private JudgedFile Added(JudgedFile judged)
    {
        if (Since is null || judged.File.FullPath is not { } path || Since.Lines(path) is not { } lines)
        {
            return judged;
        }

        return judged with
        {
            Findings = [.. judged.Findings.Where(f => GitChange.Touches(lines, judged.File.Source, f.Use.Span))],
            Notices = [.. judged.Notices.Where(n => lines.Any(l => l.First <= n.Position.Line && n.Position.Line <= l.Last))],
        };
    }

    private void Visit(WalkedFile file, bool keepSources, Action<ScannedFile> take)
    {
        if (Since?.Lines(file.FullPath) is [])
        {
            return;
        }

        var beside = neighbours.Of(file.FullPath);
        List<Format>? claiming = null;
        var read = FileReader.Read(file.FullPath, file.Named ? null : Wants, borrows: !keepSources);
        if (!read.Succeeded)
        {
            Fail(file.Path, null, "read", read.Message ?? "could not be read");
            return;
        }

        if (!read.Wanted)
        {
            Interlocked.Increment(ref filesRead);
            return;
        }

        var source = new SourceText(file.Path, read.Bytes);
        take(new ScannedFile(file.Path, file.FullPath, source, FileReading.Read(source, file.Named, options.Formats, beside, claiming), beside));

        // most files end here: what stands in them is of no format
        bool Wants(ReadOnlySpan<byte> bytes) => (claiming = options.Formats.Claiming(file.FullPath, bytes, beside)).Count > 0;
    }

    private static byte[] ReadAll(Stream stream)
    {
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
