using System.Globalization;
using System.Text.Json;
using Cleat.References;
using Cleat.Text;
using Cleat.Trees.Paths;
using Cleat.Uses;

namespace Cleat.Running.Docker;

/// <summary>Makes uses of a swarm's services: what the service asks for, and what its tasks run on each node.</summary>
internal sealed class SwarmUses(EngineState state, EngineImages images)
{
    private readonly Dictionary<string, InspectedContainer> here = state.Containers.GroupBy(c => c.Id ?? "", StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
    private readonly Dictionary<string, NodeDescription?> nodes = state.Nodes.GroupBy(n => n.ID ?? "", StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Description, StringComparer.Ordinal);
    private readonly ILookup<string, ListedTask> tasks = state.Tasks.Where(t => t.Status?.State == "running").ToLookup(t => t.ServiceID ?? "", StringComparer.Ordinal);

    public IEnumerable<EngineUse> All() => state.Services.Select(Of).OfType<EngineUse>();

    /// <summary>The image that a service asks for; null when it runs none (a plugin, an attachment).</summary>
    public static string? Image(JsonElement spec) =>
        JsonText.Child(spec, "TaskTemplate", JsonValueKind.Object) is { } template && JsonText.Child(template, "ContainerSpec", JsonValueKind.Object) is { } container
            ? JsonText.String(container, "Image")
            : null;

    private EngineUse? Of(ServiceEntry service)
    {
        if (Image(service.Spec) is not { } text)
        {
            return null;
        }

        var use = RunningUse.Judged(text, "swarm", Steps.Of("Spec", "TaskTemplate", "ContainerSpec", "Image"));
        var labels = JsonText.Child(service.Spec, "Labels", JsonValueKind.Object);
        List<string> notes = [];
        if (use.Verdict == Verdict.Unpinned)
        {
            notes.Add("swarm holds the bare tag: it could not reach the registry when the service was made (or was told --no-resolve-image), so each node pulls for itself");
        }
        else if (labels is { } set && JsonText.String(set, "com.docker.stack.image") is { } typed && Policy.Judge(typed).Verdict == Verdict.Unpinned)
        {
            notes.Add($"swarm resolved it: the stack's file says {typed}, and the next deploy resolves anew");
        }

        var all = tasks[service.ID ?? ""].ToList();
        var now = all.FindAll(t => t.Spec?.ContainerSpec?.Image == text);
        foreach (var other in all.Except(now).GroupBy(t => t.Spec?.ContainerSpec?.Image ?? "an unknown image").OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{other.Count()} of its tasks still {(other.Count() == 1 ? "runs" : "run")} {other.Key}: an update is under way, or stuck"));
        }

        var rows = Rows(now, use.Reference);
        var mixed = use.Verdict == Verdict.Unpinned && (RunningDigest.IsMixed(rows) || now.Select(ImageHere).OfType<string>().Distinct().Skip(1).Any());
        var pin = use is { Verdict: Verdict.Unpinned, Reference: { } asked } && !mixed && rows.Select(r => r.Digest).OfType<Digest>().Distinct().ToList() is [var only] && images.Has(asked, only)
            ? EngineUses.Pinned(asked, only)
            : null;
        return new()
        {
            Running = new()
            {
                Workload = new("SwarmService", labels is { } named ? JsonText.String(named, "com.docker.stack.namespace") : null, JsonText.String(service.Spec, "Name") ?? service.ID ?? "", null, state.Context),
                Use = use,
                Running = rows,
                Mixed = mixed,
                Pin = pin,
                Notes = notes,
            },
            NoPin = pin is not null ? null
                : rows.Count == 0 ? "none of it runs, so there is no digest to take: --to registry takes what the tag means now"
                : now.Select(ImageHere).OfType<string>().FirstOrDefault() is { } image ? EngineUses.NoPin(images.NamesOf(image, use.Reference))
                : "which digest it runs its own nodes alone know: ask their engines, or take what the tag means now with --to registry",
            CanUpdate = true,
        };
    }

    private string? ImageHere(ListedTask task) => here.GetValueOrDefault(task.Status?.ContainerStatus?.ContainerID ?? "")?.Image;

    private List<RunningDigest> Rows(List<ListedTask> running, ImageReference? asked)
    {
        var local = EngineUses.Rows(running.Where(t => ImageHere(t) is not null).Select(t => (ImageHere(t)!, asked, Node(t), PlatformOf(t))), images);

        // what runs on another node: the digest it was told, or nothing that this engine knows
        var remote = running.Where(t => ImageHere(t) is null).GroupBy(PlatformOf).Select(g => new RunningDigest(
            asked?.Digest,
            asked?.Digest is null ? "on another node: ask that node's engine" : null,
            g.Count(),
            [.. g.Select(Node).Distinct().Order(StringComparer.Ordinal)],
            g.Key));
        return [.. local.Concat(remote).GroupBy(r => (r.Digest, r.Why, r.Platform)).Select(g => g.First() with
        {
            Count = g.Sum(r => r.Count),
            Nodes = [.. g.SelectMany(r => r.Nodes).Distinct().Order(StringComparer.Ordinal)],
        })];
    }

    private string Node(ListedTask task) => nodes.GetValueOrDefault(task.NodeID ?? "")?.Hostname ?? task.NodeID ?? "unknown";

    private string? PlatformOf(ListedTask task) => nodes.GetValueOrDefault(task.NodeID ?? "")?.Platform is { } platform ? EngineState.PlatformOf(platform.OS, platform.Architecture) : null;
}
