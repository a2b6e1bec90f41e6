using Cleat.Formats.Builds;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Formats.Kubernetes;

/// <summary>Places of a pod spec that name no image, or none that a registry is asked for.</summary>
internal static class NoImage
{
    private const string Containers = "ontainers[].image";

    // kyverno.io/docs, "Validate Rules", "Preconditions": what is compared with, or text of an operator
    private static readonly string[] Compared = ["pattern", "anyPattern", "deny", "preconditions", "celPreconditions", "match", "exclude", "context"];

    /// <summary>The use at a place that is no image to pin, or null when the place is to be judged.</summary>
    public static ImageUse? At(Place place)
    {
        if (place.Node.Kind != NodeKind.Scalar || place.Tree.IsNull(place.Match.Node))
        {
            return null;
        }

        var (tree, match) = (place.Tree, place.Match);
        var value = place.Node.Value;
        return IsCompared(place) ? Local("a pattern of the policy: images are compared with it")
            : !match.Pattern.EndsWith(Containers, StringComparison.Ordinal) ? null
            : string.IsNullOrWhiteSpace(value) ? Empty()
            : value == "auto" && IsInjected() ? Local("the sidecar injector of Istio puts the image in")
            : null;

        ImageUse Local(string what) => ScalarUse.Local(place.Format.Name, match.Steps, value, tree[match.Node].Span, what);

        // OpenShift's triggers, and whoever completes the object, may fill in an empty name
        ImageUse Empty() => tree.Text(0, "kind") == "DeploymentConfig" || tree.Source.Span.IndexOf("image.openshift.io/triggers"u8) >= 0
            ? Local("an image trigger fills it in")
            : Local("it is empty: name the image") with { Verdict = Verdict.Malformed };

        // istio.io/docs, "Installing the Sidecar", "Gateways"
        bool IsInjected() => tree.Text(match.Holder, "name") == "istio-proxy"
            || tree.Source.Span.IndexOf("inject.istio.io/"u8) >= 0 || tree.Source.Span.IndexOf("sidecar.istio.io/inject"u8) >= 0;
    }

    /// <summary>What a use is when the tree itself builds the image.</summary>
    public static ImageUse Unbuilt(ImageUse use, Lazy<BuiltImages?> built) =>
        use is { Verdict: Verdict.Unpinned, Reference: { } image } && built.Value?.Builder(image) is { } builder
            ? ScalarUse.Local(use.Format, use.Steps, use.Text, use.Span, $"{builder} builds it")
            : use;

    private static bool IsCompared(Place place)
    {
        var isPolicy = place.Tree.Text(0, "apiVersion")?.StartsWith("kyverno.io/", StringComparison.Ordinal) == true;
        foreach (var step in isPolicy ? place.Match.Steps.Span : [])
        {
            if (step.Key is { } key && Compared.Contains(key))
            {
                return true;
            }
        }

        return false;
    }
}
