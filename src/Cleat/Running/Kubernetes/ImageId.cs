using Cleat.References;

namespace Cleat.Running.Kubernetes;

/// <summary>What a pod's status says it runs (<c>imageID</c>), in the forms that containerd, CRI-O and Docker give it.</summary>
/// <param name="Digest">As a registry knows it; null when that is not known.</param>
/// <param name="Why">Why it is not known; else null.</param>
/// <param name="Repository">Under which name the node knows it, when that is another than the spec's; else null.</param>
internal readonly record struct ImageId(Digest? Digest, string? Why, string? Repository)
{
    private const string ConfigOnly = "only the image's id is told, no registry digest";

    /// <param name="text">The status's <c>imageID</c>.</param>
    /// <param name="waiting">Why the container waits, when it does.</param>
    /// <param name="asked">What the pod's spec asks for.</param>
    public static ImageId Read(string? text, string? waiting, string asked)
    {
        if (waiting is not null)
        {
            return new(null, $"not running: {waiting}", null);
        }

        if (string.IsNullOrEmpty(text))
        {
            return new(null, "not told yet", null);
        }

        // docker-pullable://repo@sha256:…, docker://sha256:…, as the kubelet's Docker shim wrote them
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var name = scheme < 0 ? text : text[(scheme + 3)..];
        var at = name.LastIndexOf('@');
        if (at < 0)
        {
            return new(null, IsId(name) ? ConfigOnly : "told in a form that is not known", null);
        }

        return References.Digest.TryParse(name.AsSpan(at + 1), out var digest, out _)
            ? new(digest, null, Other(name, asked))
            : new(null, "told in a form that is not known", null);
    }

    // sha256:… is what Docker calls the image's configuration; CRI-O leaves the algorithm out
    private static bool IsId(string name) => References.Digest.TryParse(name, out _, out _) || References.Digest.TryParse("sha256:" + name, out _, out _);

    private static string? Other(string known, string asked) =>
        ImageReference.TryParse(known, out var one, out _) && ImageReference.TryParse(asked, out var two, out _) && (one.Registry, one.Repository) != (two.Registry, two.Repository)
            ? $"{one.Registry}/{one.Repository}"
            : null;
}
