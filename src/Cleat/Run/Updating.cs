using Cleat.Findings;
using Cleat.References;
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
        var targets = await TargetsAsync(pins, questions, decisions);
        var tags = await questions.ResolveAsync(pins.Where(p => targets[p.Key] == p.Value).Select(p => (p.Value.Tagged!, p.Value.Platform)), cancellation);
        draft.Notes.AddRange(tags.Values.OfType<Resolution.Resolved>().Select(t => t.Note).OfType<string>().Distinct().Order(StringComparer.Ordinal));
        await decisions.MakeAsync(pins.Where(p => targets[p.Key] == p.Value).Select(p => p.Value), tags, cancellation);

        // what was held back is not to be taken for what the files say
        draft.LockFile = questions.GrownLock(without: decisions.Held);
        ChosenLock.Compare(draft, report.Findings, finding => targets.TryGetValue(finding, out var pin) && decisions.Of(pin) is UpdateDecision.To);
        draft.Updates = Updates(pins, targets, decisions);
        return draft.Make((file, finding) => targets.TryGetValue(finding, out var pin) ? Change(file, finding, pin, decisions.Of(pin)) : null);
    }

    // what each pin may move to: itself, with a newer tag where one was asked for and found
    private async Task<Dictionary<Finding, AskedPin>> TargetsAsync(Dictionary<Finding, AskedPin> pins, Questions questions, UpdateDecisions decisions)
    {
        Dictionary<Finding, AskedPin> targets = new(pins, pins.Comparer);
        VersionReach? reach = options.To switch { UpdateReach.Patch => VersionReach.Patch, UpdateReach.Minor => VersionReach.Minor, UpdateReach.Major => VersionReach.Major, _ => null };
        if (reach is not { } far)
        {
            return targets;
        }

        if (options.Lock is not null)
        {
            throw new CleatException("a lock keeps the tags that files say: newer versions are looked for without one");
        }

        var free = pins.Where(p => PinMove.MayTakeTag(p.Key.In!.Source, p.Key.Use)).ToList();
        foreach (var bound in pins.Keys.Except(free.Select(f => f.Key), pins.Comparer))
        {
            draft.Notes.Add($"{PrintableText.Of(bound.File)}:{bound.Position}: '{PrintableText.Of(bound.Use.Text)}' keeps its tag, which stands apart from it: only its digest is moved");
        }

        var newer = await new NewerTags(registry, questions, decisions, far, draft).ChooseAsync([.. free.Select(f => (f.Key, f.Value))], cancellation);
        foreach (var (finding, pin) in free)
        {
            targets[finding] = newer.GetValueOrDefault(pin.Key, pin);
        }

        return targets;
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

    private PlannedChange? Change(JudgedFile file, Finding finding, AskedPin pin, UpdateDecision decision)
    {
        switch (decision)
        {
            case UpdateDecision.To to:
                if (PinMove.Plan(file.Source, finding.Use, to.Digest, pin.Tagged!.EffectiveTag, out var why) is { } change)
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

    private static List<ImageUpdate> Updates(Dictionary<Finding, AskedPin> pins, Dictionary<Finding, AskedPin> targets, UpdateDecisions decisions) =>
    [
        .. pins.GroupBy(p => (Own: p.Value.Key, Target: targets[p.Key].Key)).OrderBy(g => g.Key.Own, StringComparer.Ordinal).ThenBy(g => g.Key.Target, StringComparer.Ordinal)
            .Select(g => Update(g.First().Value, targets[g.First().Key], decisions, [.. g.Select(p => p.Key)])).OfType<ImageUpdate>(),
    ];

    private static ImageUpdate? Update(AskedPin pin, AskedPin target, UpdateDecisions decisions, IReadOnlyList<Finding> places)
    {
        var image = ResolutionKey.Of(pin.Tagged!, null).Reference;
        var tag = target.Tagged!.EffectiveTag == pin.Tagged!.EffectiveTag ? null : target.Tagged.EffectiveTag;
        return decisions.Of(target) switch
        {
            UpdateDecision.To to => new()
            {
                Image = image,
                NewTag = tag,
                Platform = to.Platform,
                From = pin.Digest,
                To = to.Digest,
                Created = to.New.Created,
                Size = to.New.Size,
                OldSize = to.Old.Size,
                Places = places,
                Note = to.Note is null ? null : $"{pin.Tagged}: {to.Note}",
            },
            UpdateDecision.Held held => new() { Image = image, NewTag = tag, From = pin.Digest, To = held.Digest, HeldBack = held.Why, Places = places },
            _ => null,
        };
    }
}
