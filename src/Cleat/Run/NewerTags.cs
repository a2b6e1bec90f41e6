using System.Collections.Concurrent;
using Cleat.Findings;
using Cleat.References;
using Cleat.Registries;

namespace Cleat.Run;

/// <summary>Finds for pins the newest tag of the same shape that may be moved to: newest first, until one holds.</summary>
internal sealed class NewerTags(RegistryClient registry, Questions questions, UpdateDecisions decisions, VersionReach reach, ChangeDraft draft)
{
    /// <summary>So many of the newest are tried before a pin stays with its own tag.</summary>
    private const int MostTries = 20;

    private readonly Dictionary<string, AskedPin> chosen = new(StringComparer.Ordinal);

    /// <summary>For each pin that has a newer tag it with that tag; the others are left out.</summary>
    public async Task<IReadOnlyDictionary<string, AskedPin>> ChooseAsync(IReadOnlyCollection<(Finding Finding, AskedPin Pin)> pins, CancellationToken cancellation)
    {
        var lists = await ListsAsync(pins, cancellation);
        Dictionary<string, (AskedPin Pin, Queue<string> Tags)> open = new(StringComparer.Ordinal);
        foreach (var (finding, pin) in pins)
        {
            switch (lists[Repository(pin)])
            {
                case Resolution.Listed list when TagVersion.Of(pin.Tagged!.EffectiveTag) is { } version:
                    open[pin.Key] = (pin, new(version.Newer(list.Tags, reach).Take(MostTries)));
                    break;
                case Resolution.Listed:
                    break;
                case var failed:
                    draft.Fail(finding, "resolve", Repository(pin), $"its tags are not known: {failed.Describe()}");
                    break;
            }
        }

        while (open.Count > 0)
        {
            foreach (var key in open.Where(o => o.Value.Tags.Count == 0).Select(o => o.Key).ToList())
            {
                open.Remove(key);
            }

            await TryAsync(open, cancellation);
        }

        return chosen;
    }

    // one tag of each pin at a time, all of them at once
    private async Task TryAsync(Dictionary<string, (AskedPin Pin, Queue<string> Tags)> open, CancellationToken cancellation)
    {
        Dictionary<string, AskedPin> next = open.ToDictionary(o => o.Key, o => o.Value.Pin with { Tagged = Tagged(o.Value.Pin, o.Value.Tags.Dequeue()) }, StringComparer.Ordinal);
        var tags = await questions.ResolveAsync(next.Values.Select(p => (p.Tagged!, p.Platform)), cancellation);
        // a list may hold what is gone
        var there = next.Where(n => tags[ResolutionKey.Of(n.Value.Tagged!, n.Value.Platform)] is not Resolution.NotFound).ToList();
        await decisions.MakeAsync(there.Select(n => n.Value), tags, cancellation);
        foreach (var (key, pin) in there)
        {
            switch (decisions.Of(pin))
            {
                case UpdateDecision.Held held:
                    draft.Note($"{pin.Tagged}: not yet: {held.Why}");
                    break;
                case UpdateDecision.Failed failed when tags[ResolutionKey.Of(pin.Tagged!, pin.Platform)] is Resolution.Resolved:
                    draft.Note($"{pin.Tagged}: passed over: {failed.Why}");
                    break;
                default:
                    chosen[key] = pin;
                    open.Remove(key);
                    break;
            }
        }
    }

    private async Task<IReadOnlyDictionary<string, Resolution>> ListsAsync(IEnumerable<(Finding Finding, AskedPin Pin)> pins, CancellationToken cancellation)
    {
        ConcurrentDictionary<string, Resolution> lists = new(StringComparer.Ordinal);
        await ManifestReads.EachAsync(pins.Select(p => p.Pin).DistinctBy(Repository), async (pin, stop) => lists[Repository(pin)] = await registry.TagsAsync(pin.Reference, stop), cancellation);
        return lists;
    }

    private static string Repository(AskedPin pin) => $"{pin.Reference.Registry}/{pin.Reference.Repository}";

    private static ImageReference Tagged(AskedPin pin, string tag) => ImageReference.TryParse($"{pin.Tagged!.Name}:{tag}", out var tagged, out var error) ? tagged
        : throw new InvalidOperationException($"'{tag}' came out of a list of tags and is none: {error.Message}");
}
