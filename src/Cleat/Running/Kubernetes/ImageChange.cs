using System.Text.Encodings.Web;
using System.Text.Json;
using Cleat.References;
using Cleat.Running.Plans;
using Cleat.Uses;

namespace Cleat.Running.Kubernetes;

/// <summary>One image of a workload that is to be pinned.</summary>
internal sealed record ImageChange(WorkloadUse Use, Pin Pin)
{
    /// <summary>The change that pins a use, or why there is none.</summary>
    public static ImageChange? Of(WorkloadUse use, PinTo to, TagMeaning? now, out string? why)
    {
        why = Refusal(use) ?? (to == PinTo.Registry ? now is null ? "the registry did not say what the tag means" : null : Undecided(use, DigestComparison.Of(use.Images, now)));
        if (why is not null || use.Use.Reference is not { } reference)
        {
            return null;
        }

        var digest = to == PinTo.Registry ? now!.Now : use.Images.Select(i => i.Id.Digest).OfType<Digest>().First();
        return new(use, new(digest, reference.At(digest)));
    }

    private static string? Refusal(WorkloadUse use) => use switch
    {
        { Use.Verdict: not Verdict.Unpinned } => use.Use.Problem ?? "it is not a reference that can be pinned",
        { Workload.Owner.Kind: "Node" } => $"it is a static pod: change {use.Deployer!.Change}",
        { IsOfWorkload: false } => "only pods name it, not the workload: it goes with them",
        { Workload.Kind: { Kind: "Job", Group: "batch" } } => "a Job's pods cannot be changed: delete it, and create it anew from a pinned manifest",
        { Workload.Kind.Kind: "Pod" } when Stands(use, "ephemeralContainers") => "a debug container cannot be changed: it goes with its pod",
        { Workload.Kind.Kind: "Pod" } when Stands(use, "volumes") => "a pod's volumes cannot be changed: delete it, and create it anew from a pinned manifest",
        _ => null,
    };

    private static bool Stands(WorkloadUse use, string list) => use.Use.Steps.StartsWith("spec", list);

    /// <summary>Why what runs does not say which digest is meant.</summary>
    private static string? Undecided(WorkloadUse use, DigestComparison comparison) =>
        comparison.IsMixed ? "it runs as several images now, so that which one is meant is yours to say: --to registry takes what the tag means now"
        : comparison.Unknown is { } unknown ? $"{unknown}. --to registry takes what the tag means now"
        : !use.Images.Any(i => i.Id.Digest is not null) ? $"no pod tells which digest it runs{(use.Images.Count > 0 ? $" ({use.Images[0].Id.Why})" : "")}: --to registry takes what the tag means now"
        : use.Images.FirstOrDefault(i => i.Id.Repository is not null) is { } other ? $"its nodes know the image as {other.Id.Repository}, where the digest may be another: --to registry takes what the tag means now"
        : null;

    /// <summary>A JSON Patch (RFC 6902) that changes images, and only while they are what was seen.</summary>
    public static byte[] JsonPatch(IReadOnlyList<ImageChange> changes)
    {
        using MemoryStream patch = new();
        using (Utf8JsonWriter json = new(patch, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartArray();
            foreach (var change in changes)
            {
                foreach (var (op, value) in ((string, string)[])[("test", change.Use.Use.Text), ("replace", change.Pin.Text)])
                {
                    json.WriteStartObject();
                    json.WriteString("op", op);
                    json.WriteString("path", change.Use.Use.Steps.ToPointer());
                    json.WriteString("value", value);
                    json.WriteEndObject();
                }
            }

            json.WriteEndArray();
        }

        return patch.ToArray();
    }
}
