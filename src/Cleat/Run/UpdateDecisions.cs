using System.Collections.Concurrent;
using Cleat.References;
using Cleat.Registries;
using Cleat.Text;

namespace Cleat.Run;

/// <summary>Decides for each distinct pin whether it moves, and where to.</summary>
internal sealed class UpdateDecisions(Questions questions, UpdateLimits limits, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, UpdateDecision> decisions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> held = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<Resolution>>> read = new(StringComparer.Ordinal);

    /// <summary>The tags, in full, that no pin moved with: what they mean now is not to be taken for what the files say.</summary>
    public IReadOnlySet<string> Held => held.Where(h => h.Value).Select(h => h.Key).ToHashSet(StringComparer.Ordinal);

    public UpdateDecision Of(AskedPin pin) => decisions[pin.Key];

    public async Task MakeAsync(IEnumerable<AskedPin> pins, IReadOnlyDictionary<ResolutionKey, Resolution> tags, CancellationToken cancellation)
    {
        List<AskedPin> distinct = [.. pins.DistinctBy(p => p.Key)];
        await ManifestReads.EachAsync(distinct, async (pin, stop) => decisions[pin.Key] = await DecideAsync(pin, tags[ResolutionKey.Of(pin.Tagged!, pin.Platform)], stop), cancellation);
        foreach (var tag in distinct.GroupBy(p => ResolutionKey.Of(p.Tagged!, null).Reference))
        {
            held[tag.Key] = tag.All(p => decisions[p.Key] is UpdateDecision.Held or UpdateDecision.Failed);
        }
    }

    private async Task<UpdateDecision> DecideAsync(AskedPin pin, Resolution tag, CancellationToken cancellation)
    {
        if (tag is not Resolution.Resolved now)
        {
            return new UpdateDecision.Failed(tag.Describe());
        }

        if (now.Digest == pin.Digest)
        {
            return new UpdateDecision.None();
        }

        var named = await ReadAsync(pin, now.Digest, cancellation);
        if (named is not Resolution.Resolved { Manifest: { } index } fresh)
        {
            return new UpdateDecision.Failed(named.Describe());
        }

        if (index.Children?.Any(c => c.Digest == pin.Digest) == true)
        {
            return new UpdateDecision.None();
        }

        var answer = await ReadAsync(pin, pin.Digest, cancellation);
        var old = (answer as Resolution.Resolved)?.Manifest;
        if (old is null && answer is not Resolution.NotFound)
        {
            return new UpdateDecision.Failed(answer.Describe());
        }

        return await TargetAsync(pin, fresh, index, old, cancellation);
    }

    private async Task<UpdateDecision> TargetAsync(AskedPin pin, Resolution.Resolved now, ImageManifest index, ImageManifest? old, CancellationToken cancellation)
    {
        // a pin that is one platform's image stays on its platform; of one that is gone only the user knows
        var platform = pin.Platform ?? (old is null ? limits.Platform : old.Children is null && index.Children is not null ? old.Config?.Platform : null);
        if (old is { Children: null } && index.Children is not null && platform is null)
        {
            return new UpdateDecision.Failed("the pin is one image, and it does not say for which platform: take the digest out and pin again");
        }

        var target = now.Digest;
        var note = old is null ? $"{pin.Digest} is not in the registry any more" : null;
        if (platform is not null && index.Children is { } children)
        {
            var chosen = PlatformChoice.FromChildren(children, platform, $"the tag now means {now.Digest}, which");
            if (chosen is not Resolution.Resolved child)
            {
                return new UpdateDecision.Failed(chosen is Resolution.NotFound none ? none.Message : ((Resolution.Refused)chosen).Message);
            }

            target = child.Digest;
        }

        foreach (var used in platform is null ? limits.InUse : [])
        {
            if (index.Children?.Any(c => IsOf(c, used)) == false)
            {
                return new UpdateDecision.Failed($"the tag now means {now.Digest}, which has no image for {used}, and {used} is in use");
            }
        }

        if (platform is null && limits.InUse.Count > 0 && old?.Children is { } before && index.Children is { } after
            && limits.InUse.All(p => Of(before, p).SetEquals(Of(after, p))))
        {
            return new UpdateDecision.Held(target, $"nothing changed for {string.Join(", ", limits.InUse)}");
        }

        var facts = await FactsAsync(pin, target, cancellation);
        if (limits.MinAge is { } least)
        {
            if (facts.Problem is { } problem)
            {
                return new UpdateDecision.Failed($"the tag now means {target}, and its age cannot be judged: {problem}");
            }

            if (Young(facts, least) is { } young)
            {
                return new UpdateDecision.Held(target, young);
            }
        }

        if (await questions.SignatureProblemAsync(pin.Reference, target, cancellation) is { } unsigned)
        {
            return new UpdateDecision.Failed($"the tag now means {target}: {unsigned}");
        }

        return new UpdateDecision.To(target, platform, old is null ? ImageFacts.Unknown : await FactsAsync(pin, pin.Digest, cancellation), facts, note);
    }

    private string? Young(ImageFacts facts, TimeSpan least)
    {
        if (facts.Created is not { } created)
        {
            return limits.Undated ? null : "it does not say when it was made, so its age cannot be judged (--undated move, or --min-age 0, moves it all the same)";
        }

        var age = clock.GetUtcNow() - created;
        return age < least ? $"made {Duration.Words(age)} ago, and the least age is {Duration.Words(least)}" : null;
    }

    /// <summary>Of an index the youngest of the images in use, or of all; its size is that of the first.</summary>
    private async Task<ImageFacts> FactsAsync(AskedPin pin, Digest digest, CancellationToken cancellation)
    {
        var answer = await ReadAsync(pin, digest, cancellation);
        if (answer is not Resolution.Resolved { Manifest: { } manifest })
        {
            return ImageFacts.Unknown with { Problem = answer.Describe() };
        }

        if (manifest.Children is null)
        {
            return new(manifest.Config?.Created, manifest.Size);
        }

        List<ImageFacts> all = [];
        foreach (var child in manifest.Children.Where(c => limits.InUse.Count == 0 || limits.InUse.Any(p => IsOf(c, p))))
        {
            var read = await ReadAsync(pin, child.Digest, cancellation);
            all.Add(read is Resolution.Resolved { Manifest: { } image } ? new(image.Config?.Created, image.Size) : ImageFacts.Unknown with { Problem = read.Describe() });

            // the age is judged by all of them; for the words of a summary one will do
            if (limits.MinAge is null)
            {
                break;
            }
        }

        return all.Count == 0 ? ImageFacts.Unknown
            : new(all.TrueForAll(f => f.Created is not null) ? all.Max(f => f.Created) : null, all[0].Size, all.Select(f => f.Problem).FirstOrDefault(p => p is not null));
    }

    private Task<Resolution> ReadAsync(AskedPin pin, Digest digest, CancellationToken cancellation)
    {
        var place = ManifestReads.At(pin.Reference, digest);
        return read.GetOrAdd(place.Original, _ => new(() => questions.Digests.ReadAsync(place, config: true, cancellation))).Value;
    }

    private static HashSet<Digest> Of(IReadOnlyList<ImageChild> children, Platform platform) => [.. children.Where(c => IsOf(c, platform)).Select(c => c.Digest)];

    private static bool IsOf(ImageChild child, Platform wanted) => child.Platform is not null && Platform.TryParse(child.Platform, out var offered) && wanted.Accepts(offered);
}
