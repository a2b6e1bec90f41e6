using System.Text.Json;
using System.Text;
using Cleat.Formats.Kustomize;
using Cleat.References;
using Cleat.Uses;

namespace Cleat.Running.Kubernetes;

/// <summary>Which digest a workload is to be pinned to.</summary>
internal enum PinTo
{
    /// <summary>To what its pods run now.</summary>
    Running,

    /// <summary>To what the tag means at the registry now.</summary>
    Registry,
}

/// <summary>One image of a workload that is to be pinned.</summary>
internal sealed record ImageChange(WorkloadUse Use, Pin Pin)
{
    /// <summary>The change that pins a use, or why there is none.</summary>
    public static ImageChange? Of(WorkloadUse use, PinTo to, TagMeaning? now, out string? why)
    {
        why = Refusal(use) ?? (to == PinTo.Registry ? now is null ? "the registry did not say what the tag means" : null : NotRunning(use, Race.Of(use.Seen, now)));
        if (why is not null || use.Use.Reference is not { } reference)
        {
            return null;
        }

        var digest = to == PinTo.Registry ? now!.Now : use.Seen.Select(s => s.Id.Digest).OfType<Digest>().First();
        return new(use, new(digest, $"{reference.WithoutDigest}@{digest}"));
    }

    private static string? Refusal(WorkloadUse use) => use switch
    {
        { Use.Verdict: not Verdict.Unpinned } => use.Use.Problem ?? "it is not a reference that can be pinned",
        { Workload.Owner.Kind: "Node" } => $"it is a static pod: change {use.DeployedBy!.Change}",
        { IsNamed: false } => "only pods name it, not the workload: it goes with them",
        { Workload.Kind: { Kind: "Job", Group: "batch" } } => "a Job's pods cannot be changed: delete it, and create it anew from a pinned manifest",
        { Workload.Kind.Kind: "Pod" } when use.Use.Path.Contains("ephemeralContainers[", StringComparison.Ordinal) => "a debug container cannot be changed: it goes with its pod",
        { Workload.Kind.Kind: "Pod" } when use.Use.Path.Contains("volumes[", StringComparison.Ordinal) => "a pod's volumes cannot be changed: delete it, and create it anew from a pinned manifest",
        _ => null,
    };

    private static string? NotRunning(WorkloadUse use, Race race)
    {
        var digests = use.Seen.Select(s => s.Id.Digest).OfType<Digest>().Distinct().Count();
        return race.Mixed ? "it runs as several images now, so that which one is meant is yours to say: --to registry takes what the tag means now"
            : race.Unknown is { } unknown ? $"{unknown}. --to registry takes what the tag means now"
            : digests == 0 ? $"no pod tells which digest it runs{(use.Seen.Count > 0 ? $" ({use.Seen[0].Id.Why})" : "")}: --to registry takes what the tag means now"
            : use.Seen.Any(s => s.Id.Repository is not null) ? $"its nodes know the image as {use.Seen.First(s => s.Id.Repository is not null).Id.Repository}, where the digest may be another: --to registry takes what the tag means now"
            : null;
    }

    /// <summary>kubectl lines that make changes to one workload.</summary>
    /// <param name="kubectl"><c>kubectl</c> with the options that choose the cluster.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<ImageChange> changes, string kubectl)
    {
        var workload = changes[0].Use.Workload;
        var at = $"{kubectl}{(workload.Namespace is null ? "" : $" -n {workload.Namespace}")}";
        var (byName, byPath) = Split(changes);
        if (byName.Count > 0)
        {
            yield return $"{at} set image {Name(workload)} {string.Join(' ', byName.Select(c => $"{c.Use.Container}={c.Pin.Text}"))}";
        }

        if (byPath.Count > 0)
        {
            yield return $"{at} patch {Name(workload)} --type json -p '{Encoding.UTF8.GetString(JsonPatch(byPath)).Replace("'", "'\\''", StringComparison.Ordinal)}'";
        }

        if (workload.Kind is { Kind: "ReplicaSet" or "ReplicationController" })
        {
            yield return $"# its pods stay as they are until they are deleted: {at} delete pod -l <its selector>";
        }
    }

    /// <summary>A strategic-merge patch that names its object, in YAML, for <c>kubectl patch --patch-file</c> and for kustomize; null for a kind that takes none.</summary>
    public static string? Strategic(IReadOnlyList<ImageChange> changes)
    {
        var workload = changes[0].Use.Workload;
        if (Split(changes) is not { Path.Count: 0, Name: { } byName } || Template(byName[0].Use.Use.Path) is not { } template)
        {
            return null;
        }

        StringBuilder yaml = new();
        yaml.Append("apiVersion: ").Append(workload.Kind.ApiVersion).Append("\nkind: ").Append(workload.Kind.Kind).Append("\nmetadata:\n  name: ").Append(workload.Name).Append('\n');
        if (workload.Namespace is { } space)
        {
            yaml.Append("  namespace: ").Append(space).Append('\n');
        }

        var indent = "";
        foreach (var key in template)
        {
            yaml.Append(indent).Append(key).Append(":\n");
            indent += "  ";
        }

        foreach (var list in byName.GroupBy(c => List(c.Use.Use.Path)))
        {
            yaml.Append(indent).Append(list.Key).Append(":\n");
            foreach (var change in list)
            {
                yaml.Append(indent).Append("- name: ").Append(change.Use.Container).Append('\n').Append(indent).Append("  image: ").Append(change.Pin.Text).Append('\n');
            }
        }

        return yaml.ToString();
    }

    /// <summary>A JSON Patch (RFC 6902) that changes images, and only while they are what was seen.</summary>
    public static byte[] JsonPatch(IReadOnlyList<ImageChange> changes)
    {
        using MemoryStream patch = new();
        using (Utf8JsonWriter json = new(patch, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartArray();
            foreach (var change in changes)
            {
                foreach (var (op, value) in ((string, string)[])[("test", change.Use.Use.Text), ("replace", change.Pin.Text)])
                {
                    json.WriteStartObject();
                    json.WriteString("op", op);
                    json.WriteString("path", Pointer(change.Use.Use.Path));
                    json.WriteString("value", value);
                    json.WriteEndObject();
                }
            }

            json.WriteEndArray();
        }

        return patch.ToArray();
    }

    // kubectl set image knows the pod specs of built-in kinds, and their containers
    private static (List<ImageChange> Name, List<ImageChange> Path) Split(IReadOnlyList<ImageChange> changes)
    {
        var groups = changes.ToLookup(c => c.Use.Workload.Kind.Group is "" or "apps" or "batch" && c.Use.Use.Path.EndsWith("].image", StringComparison.Ordinal) && List(c.Use.Use.Path) is "containers" or "initContainers");
        return ([.. groups[true]], [.. groups[false]]);
    }

    private static string Name(ClusterObject workload) => workload.Kind.Group is "" or "apps" or "batch"
        ? $"{workload.Kind.Kind.ToLowerInvariant()}/{workload.Name}"
        : $"{workload.Kind.Plural}.{workload.Kind.Group}/{workload.Name}";

    private static string List(string path) => path[..path.LastIndexOf('[')] is var before && before.LastIndexOf('.') is var dot ? before[(dot + 1)..] : "";

    private static string[]? Template(string path) => path.LastIndexOf('[') is var bracket and > 0 && path[..bracket].LastIndexOf('.') is var dot and > 0 ? path[..dot].Split('.') : null;

    // spec.containers[0].image is /spec/containers/0/image
    private static string Pointer(string path) => "/" + path.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)
        .Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('.', '/');
}
