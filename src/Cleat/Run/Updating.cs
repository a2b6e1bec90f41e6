using Cleat.Findings;
using Cleat.Registries;
using Cleat.Rewriting;
using Cleat.Text;

namespace Cleat.Run;

/// <summary>Plans the digests of the pins whose tag moved.</summary>
internal sealed class Updating(Report report, RegistryClient registry, UpdateOptions options, CancellationToken cancellation)
{
    private readonly ChangeDraft draft = new(report, cancellation);

    public async Task<PinPlan> PlanAsync()
    {
        var limits = UpdateLimits.Of(options, draft.Config);
        Questions questions = new(registry, ChosenLock.Read(options.Lock), options.Signature, options.Progress, renew: true);
        var pins = Pins(limits);
        UpdateDecisions decisions = new(questions, limits, TimeProvider.System);
        var tags = await questions.ResolveAsync(pins.Values.Select(p => (p.Tagged!, p.Platform)), cancellation);
        draft.Notes.AddRange(tags.Values.OfType<Resolution.Resolved>().Select(t => t.Note).OfType<string>().Distinct().Order(StringComparer.Ordinal));
        await decisions.MakeAsync(pins.Values, tags, cancellation);

        // what was held back is not to be taken for what the files say
        draft.LockFile = questions.GrownLock(without: decisions.Held);
        ChosenLock.Compare(draft, report.Findings, finding => pins.TryGetValue(finding, out var pin) && decisions.Of(pin) is UpdateDecision.To);
        draft.Updates = Updates(pins, decisions);
        return draft.Make((file, finding) => pins.TryGetValue(finding, out var pin) ? Change(file, finding, decisions.Of(pin)) : null);
    }

    // what is ignored is left alone; what has no tag anywhere is named and left
    private Dictionary<Finding, AskedPin> Pins(UpdateLimits limits)
    {
        Dictionary<Finding, AskedPin> pins = new(ReferenceEqualityComparer.Instance as IEqualityComparer<Finding>);
        var off = 0;
        foreach (var finding in report.Findings.Where(f => f.In is not null && limits.Images.Want(f.Use)))
        {
            switch (ChangePermission.ToUpdate(finding))
            {
                case null:
                    pins[finding] = AskedPin.Of(finding.In!, finding);
                    break;
                case { Kind: ObstacleKind.NoTag } obstacle:
                    draft.Notes.Add($"{PrintableText.Of(finding.File)}:{finding.Position}: '{PrintableText.Of(finding.Use.Text)}' is left as it is: {obstacle.Why}");
                    break;
                case { Kind: ObstacleKind.RuleOff } obstacle when off++ == 0:
                    draft.Notes.Add($"pins are left as they are: {obstacle.Why}");
                    break;
                default:
                    break;
            }
        }

        return pins;
    }

    private PlannedChange? Change(JudgedFile file, Finding finding, UpdateDecision decision)
    {
        switch (decision)
        {
            case UpdateDecision.To to:
                if (PinMove.Plan(file.Source, finding.Use, to.Digest, out var why) is { } change)
                {
                    return change;
                }

                draft.Leave(finding, why ?? "");
                return null;
            case UpdateDecision.Failed failed:
                draft.Fail(finding, "resolve", finding.Use.Reference?.Tagged ?? finding.Use.Text, failed.Why);
                return null;
            default:
                return null;
        }
    }

    private static List<ImageUpdate> Updates(Dictionary<Finding, AskedPin> pins, UpdateDecisions decisions) =>
    [
        .. pins.GroupBy(p => p.Value.Key, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => Update(g.First().Value, decisions.Of(g.First().Value), [.. g.Select(p => p.Key)])).OfType<ImageUpdate>(),
    ];

    private static ImageUpdate? Update(AskedPin pin, UpdateDecision decision, IReadOnlyList<Finding> places)
    {
        var image = ResolutionKey.Of(pin.Tagged!, null).Reference;
        return decision switch
        {
            UpdateDecision.To to => new()
            {
                Image = image,
                Platform = to.Platform,
                From = pin.Digest,
                To = to.Digest,
                Created = to.New.Created,
                Size = to.New.Size,
                OldSize = to.Old.Size,
                Places = places,
                Note = to.Note is null ? null : $"{pin.Tagged}: {to.Note}",
            },
            UpdateDecision.Held held => new() { Image = image, From = pin.Digest, To = held.Digest, HeldBack = held.Why, Places = places },
            _ => null,
        };
    }
}
