using System.Globalization;
using Cleat.References;
using Cleat.Trees.Paths;
using Cleat.Uses;

namespace Cleat.Running.Docker;

/// <summary>Makes uses of what an engine said: containers under the compose service that made them, tasks under their swarm service.</summary>
internal sealed class EngineUses
{
    private const string Project = "com.docker.compose.project";
    private const string ServiceBuild = "com.docker.compose.service";
    private const string SwarmService = "com.docker.swarm.service.name";
    private const string Stack = "com.docker.stack.namespace";

    private readonly EngineState state;
    private readonly EngineImages images;
    private readonly Dictionary<string, InspectedContainer> containers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<InspectedContainer>> runningByReference = new(StringComparer.Ordinal);

    private EngineUses(EngineState state)
    {
        this.state = state;
        images = new(state.Images);
        foreach (var container in state.Containers)
        {
            containers.TryAdd(container.Id ?? "", container);
            if (IsRunning(container))
            {
                var key = Key(Asked(container));
                runningByReference.TryAdd(key, []);
                runningByReference[key].Add(container);
            }
        }
    }

    public static IReadOnlyList<EngineUse> Of(EngineState state)
    {
        EngineUses uses = new(state);
        return
        [
            .. state.Containers.Where(c => !state.IsManager || Label(c, SwarmService) is null)
                .GroupBy(c => (uses.ObjectOf(c), Text(c))).Select(g => uses.OfContainers(g.Key.Item1, [.. g])),
            .. new SwarmUses(state, images: uses.images).All(),
        ];
    }

    public static string? Label(InspectedContainer container, string name) => container.Config?.Labels?.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <summary>What a container runs, as a row of its workload.</summary>
    public static IReadOnlyList<RunningDigest> Rows(IEnumerable<(string Image, ImageReference? Asked, string Node, string? Platform)> running, EngineImages images) =>
    [
        .. running.GroupBy(r => EngineImages.WithoutAlgorithm(r.Image)).Select(g =>
        {
            var names = images.NamesOf(g.Key, g.First().Asked);
            var digest = Chosen(names, g.First().Asked);
            return new RunningDigest(
                digest,
                digest is null ? $"built here ({Short(g.Key)})" : null,
                g.Count(),
                [.. g.Select(r => r.Node).Distinct().Order(StringComparer.Ordinal)],
                g.First().Platform);
        }).OrderByDescending(r => r.Count).ThenBy(r => r.Digest?.ToString() ?? r.Why, StringComparer.Ordinal),
    ];

    /// <summary>The digest that the reference itself names, where the image has it; else the first.</summary>
    public static Digest? Chosen(IReadOnlyList<ImageReference> names, ImageReference? asked) =>
        names.FirstOrDefault(n => n.Digest == asked?.Digest)?.Digest ?? (names.Count > 0 ? names[0].Digest : null);

    private EngineUse OfContainers(RunningObject workload, List<InspectedContainer> group)
    {
        var use = Asked(group[0]);
        var live = group.FindAll(IsRunning);
        var node = state.Info.Name ?? state.Context;
        var rows = Rows(live.Select(c => (c.Image ?? "", use.Reference, node, state.Platform)), images);
        var same = live.Count == 0 || use.Reference is null ? [] : runningByReference[Key(use)];
        var mixed = use.Verdict == Verdict.Unpinned && same.Select(c => EngineImages.WithoutAlgorithm(c.Image)).Distinct().Skip(1).Any();
        var names = images.NamesOf(group[0].Image, use.Reference);
        var pin = mixed || rows.Count > 1 || use.Reference is null || !names.Any(n => EngineImages.IsOf(n, use.Reference)) ? null : Pinned(use.Reference, Chosen(names, use.Reference)!.Value);
        List<string> notes = [];
        if (mixed)
        {
            var mine = live.Select(c => EngineImages.WithoutAlgorithm(c.Image)).ToHashSet(StringComparer.Ordinal);
            notes.AddRange(same.Where(c => !mine.Contains(EngineImages.WithoutAlgorithm(c.Image))).Select(c => $"on this engine {ObjectOf(c)} runs the same reference as {Described(c.Image, use.Reference)}").Distinct().Order(StringComparer.Ordinal));
        }

        if (workload.Kind == "SwarmService")
        {
            notes.Add("seen from this worker alone: a manager of the swarm knows what the service asks for, and what its other nodes run");
        }

        if (live.Count == 0)
        {
            notes.Add($"{(group.Count == 1 ? "stopped" : string.Create(CultureInfo.InvariantCulture, $"all {group.Count} are stopped"))}; made from {string.Join(" and ", group.Select(c => Described(c.Image, use.Reference)).Distinct().Order(StringComparer.Ordinal))}");
        }

        if (use.Reference is { Digest: null } asked && pin is null && names.Count > 0 && !EngineImages.IsOf(names[0], asked))
        {
            notes.Add($"registries know this image as {names[0].Original}; here it was given the name {asked.WithoutDigest}");
        }

        return new()
        {
            Running = new()
            {
                Workload = workload,
                Use = use,
                Running = rows,
                Mixed = mixed,
                Pin = use.Verdict == Verdict.Unpinned && workload.Kind != "SwarmService" ? pin : null,
                Notes = notes,
            },
            Elsewhere = mixed ? [.. same.Select(c => Chosen(images.NamesOf(c.Image, use.Reference), use.Reference)).OfType<Digest>().Distinct().Where(d => rows.All(r => r.Digest != d))] : [],
            NoPin = workload.Kind == "SwarmService" ? "run this on a manager of the swarm: it prints the line that updates the service" : pin is null ? NoPin(names) : null,
            ComposeFiles = ComposeFiles(group[0]),
        };
    }

    /// <summary>What to do with an image that no registry knows under the name asked for.</summary>
    /// <param name="names">What registries know it by.</param>
    public static string NoPin(IReadOnlyList<ImageReference> names) => names.Count > 0
        ? $"run it under the name that registries know it by: {names[0].Original}"
        : "it was built here and never pushed, so it has no digest: push it, then run it by the digest that the push prints";

    public static Pin Pinned(ImageReference asked, Digest digest) => new(digest, asked.At(digest));

    private string Described(string? image, ImageReference? asked) => Chosen(images.NamesOf(image, asked), asked)?.ToString() ?? $"an image that was built here ({Short(image)})";

    private static string Short(string? image) => EngineImages.WithoutAlgorithm(image) is { Length: > 12 } id ? $"id {id[..12]}" : "id unknown";

    private RunningObject ObjectOf(InspectedContainer container) => (Label(container, Project), Label(container, ServiceBuild), Label(container, SwarmService)) switch
    {
        ({ } project, { } service, _) => new("ServiceBuild", project, service, null, state.Context),
        (_, _, { } service) => new("SwarmService", Label(container, Stack), service, null, state.Context),
        _ => new("Container", null, container.Name?.TrimStart('/') ?? Short(container.Id), null, state.Context),
    };

    private static List<ComposeFile> ComposeFiles(InspectedContainer container) => Label(container, ServiceBuild) is not { } service
        ? []
        : [.. (Label(container, "com.docker.compose.project.config_files") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(file => ComposeFile.Find(Path.Combine(Label(container, "com.docker.compose.project.working_dir") ?? "", file), service, Text(container)))];

    private static string Text(InspectedContainer container) => container.Config?.Image ?? "";

    // an id names one image of this engine for ever, and none of a registry
    private static ImageUse Asked(InspectedContainer container) => EngineImages.IsId(Text(container), container.Image)
        ? RunningUse.Judged(Text(container), "docker", Steps.Of("Config", "Image")) with { Verdict = Verdict.NotAnImage, Reference = null, Problem = "the id of an image on this engine" }
        : RunningUse.Judged(Text(container), "docker", Steps.Of("Config", "Image"));

    private static string Key(ImageUse use) => use.Reference?.Canonical ?? use.Text;

    private static bool IsRunning(InspectedContainer container) => container.State?.Status is "running" or "paused" or "restarting";
}
