using Cleat.Cli.Options;
using Cleat.Cli.Reports;
using Cleat.Findings;
using Cleat.Rewriting;
using Cleat.Uses;

namespace Cleat.Cli.Verbs;

/// <summary>One pin of a run and what became of it in how many places.</summary>
/// <param name="Places">Files with the line.</param>
internal sealed record UpdateDone(AskedPin Pin, Move Move, List<string> Places);

/// <summary>Moves the pins of a plan file by file.</summary>
internal sealed class UpdateRun(Scan scan, Rewrite rewrite, UpdatePlan plan, IReadOnlyDictionary<Finding, AskedPin> pins, CommonValues options, Terminal terminal)
{
    private readonly Dictionary<string, UpdateDone> done = new(StringComparer.Ordinal);

    /// <summary>What was moved and what was held back, by name.</summary>
    public IReadOnlyList<UpdateDone> Done => [.. done.Values.OrderBy(d => d.Pin.Key, StringComparer.Ordinal)];

    public JudgedFile Update(JudgedFile judged)
    {
        var file = judged.File;
        Dictionary<ImageUse, PlannedChange> changes = new(ReferenceEqualityComparer.Instance as IEqualityComparer<ImageUse>);
        List<(Finding Finding, AskedPin Pin)> moved = [];
        foreach (var finding in judged.Findings)
        {
            if (!pins.TryGetValue(finding, out var pin))
            {
                continue;
            }

            switch (plan.Of(pin))
            {
                case Move.To to:
                    if (PinMove.Move(file.Source, finding.Use, to.Digest, out var why) is { } change)
                    {
                        changes[finding.Use] = change;
                        moved.Add((finding, pin));
                    }
                    else
                    {
                        scan.Fail(file.Path, finding.Position, "update", $"'{finding.Use.Text}' cannot be moved here: {why}");
                    }

                    break;
                case Move.Held:
                    Note(finding, pin);
                    break;
                case Move.Failed failed:
                    scan.Fail(file.Path, finding.Position, "resolve", $"{finding.Use.Reference?.WithoutDigest ?? finding.Use.Text}: {failed.Why}");
                    break;
                default:
                    break;
            }
        }

        var written = changes.Count > 0 && rewrite.Run(file, [.. changes.Values]);
        if (file.FullPath is null && options.Format == "text")
        {
            rewrite.WriteFiltered(file, written ? [.. changes.Values] : []);
        }

        if (!written)
        {
            return judged;
        }

        foreach (var (finding, pin) in moved)
        {
            Note(finding, pin);
            if (plan.Of(pin) is Move.To { Note: { } note } && done[pin.Key].Places.Count == 1)
            {
                terminal.Error.WriteLine($"note: {pin.Tagged}: {note}");
            }
        }

        return judged with { Findings = [.. judged.Findings.Select(f => changes.TryGetValue(f.Use, out var c) ? f with { Pin = new Pin(c.Digest!.Value, c.NewText) } : f)] };
    }

    private void Note(Finding finding, AskedPin pin)
    {
        if (!done.TryGetValue(pin.Key, out var entry))
        {
            done[pin.Key] = entry = new(pin, plan.Of(pin), []);
        }

        entry.Places.Add(TextReport.Location(finding));
    }
}
