using Cleat.Cli.Options;
using Cleat.Registries;
using Cleat.Rewriting;
using Cleat.Uses;

namespace Cleat.Cli.Verbs;

/// <summary>Pins file by file with the digests that were resolved.</summary>
internal sealed class PinRun(
    Scan scan,
    Rewrite rewrite,
    IReadOnlyDictionary<ResolutionKey, Resolution> resolved,
    string? platform,
    PinStyle style,
    CommonValues options,
    Terminal terminal)
{
    private readonly HashSet<string> noted = [];

    /// <summary>Pins a file and tells what stands in it, each pinned reference with its digest. What is ignored stays as it is.</summary>
    public JudgedFile Pin(JudgedFile judged)
    {
        var file = judged.File;
        Dictionary<ImageUse, PlannedChange> changes = new(ReferenceEqualityComparer.Instance as IEqualityComparer<ImageUse>);
        foreach (var use in judged.Findings.Where(f => f is { Ignored: null, CoveredBy: null }).Select(f => f.Use))
        {
            if (Plan(file, use) is { } change)
            {
                changes[use] = change;
            }
        }

        var pinned = changes.Count > 0 && rewrite.Run(file, [.. changes.Values]);
        if (file.FullPath is null && options.Format == "text")
        {
            rewrite.WriteFiltered(file, pinned ? [.. changes.Values] : []);
        }

        return pinned
            ? judged with { Findings = [.. judged.Findings.Select(f => changes.TryGetValue(f.Use, out var c) ? f with { Pin = new Pin(c.Digest!.Value, c.NewText) } : f)] }
            : judged;
    }

    private PlannedChange? Plan(ScannedFile file, ImageUse use)
    {
        var position = file.Source.Position(use.Span.Start);
        if (use.Verdict == Verdict.Malformed)
        {
            scan.Fail(file.Path, position, "pin", $"'{use.Text}' cannot be pinned: {use.Problem}");
            return null;
        }

        if (use.Verdict != Verdict.Unpinned)
        {
            return null;
        }

        if (!PinCommand.IsToPin(use))
        {
            scan.Fail(file.Path, position, "pin", $"'{use.Text}' cannot be pinned here: {(use.Site as PinSite.Nowhere)?.Why}");
            return null;
        }

        switch (resolved[ResolutionKey.Of(use.Reference!, use.Platform ?? platform)])
        {
            case Resolution.Resolved found:
                if (found.Note is { } note && noted.Add(note))
                {
                    terminal.Error.WriteLine($"note: {note}");
                }

                if (Pinner.Pin(file.Source, use, found.Digest, style, out var why) is { } change)
                {
                    return change;
                }

                scan.Fail(file.Path, position, "pin", $"'{use.Text}' cannot be pinned here: {why}");
                return null;
            case var failed:
                scan.Fail(file.Path, position, "resolve", $"{use.Reference?.WithoutDigest ?? use.Text}: {failed.Describe()}");
                return null;
        }
    }
}
