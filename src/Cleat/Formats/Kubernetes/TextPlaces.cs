using Cleat.Formats.Embedded;
using Cleat.Formats.Helm;
using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Kubernetes;

/// <summary>
/// Documents that stand as text in an object: values of a chart (Argo CD's <c>helm.values</c>, k3s's <c>valuesContent</c>), and what a ConfigMap holds, values or manifests.
/// </summary>
internal static class TextPlaces
{
    private const string InConfigMap = "data.*";

    // argo-workflows docs, "fields": laid over the finished pod
    private const string Patch = "podSpecPatch";

    private static readonly PathSet PatchImages = new("containers[].image", "initContainers[].image");

    private static readonly PathSet Values = new([.. HelmValues.Paths.Paths.Where(p => !p.EndsWith("ag", StringComparison.Ordinal))]);

    /// <summary>The places in a ConfigMap.</summary>
    public static PathSet ConfigMap { get; } = new(InConfigMap);

    /// <summary>True for a ConfigMap's text in which a pod spec or values may stand.</summary>
    public static bool MayHold(ReadOnlySpan<byte> text) =>
        text.IndexOf("ConfigMap"u8) >= 0 && (text.IndexOf("ontainers:"u8) >= 0 || (text.IndexOf("alues"u8) >= 0 && (text.IndexOf("mage:"u8) >= 0 || text.IndexOf("repository:"u8) >= 0)));

    /// <summary>Reads the text at a place; false when none is expected there.</summary>
    public static bool Take(Place place)
    {
        if (place.Match.Pattern is InConfigMap)
        {
            FromConfigMap(place);
            return true;
        }

        if (place.Match.Steps.Key == Patch)
        {
            if (place.Node.Kind == NodeKind.Scalar && place.Node.Value.Contains("image", StringComparison.Ordinal))
            {
                EmbeddedYaml.Read(place, "the patch", (tree, sink) => TreeWalk.Find(tree, PatchImages, out _).ForEach(m => ScalarUse.Add(tree, m with { Steps = Steps.Of(Step.Into).Add(m.Steps) }, place.Format, sink)));
            }

            return true;
        }

        if (!place.Match.Pattern.EndsWith(".helm.values", StringComparison.Ordinal) && !place.Match.Pattern.EndsWith(".valuesContent", StringComparison.Ordinal))
        {
            return false;
        }

        if (place.Node.Kind == NodeKind.Scalar && (place.Node.Value.Contains("mage", StringComparison.Ordinal) || place.Node.Value.Contains("repository", StringComparison.Ordinal)))
        {
            EmbeddedYaml.Read(place, "the text of the values", (tree, sink) => ReadValues(place, tree, sink));
        }

        return true;
    }

    private static void FromConfigMap(Place place)
    {
        if (place.Node.Kind != NodeKind.Scalar || place.Match.Steps.Key is not { } key || !place.Node.Value.Contains('\n', StringComparison.Ordinal))
        {
            return;
        }

        // Flux's valuesFrom, k3s and others: the key or the object is called after what it is
        var isNamed = TemplateName.IsYaml(key) || key.EndsWith(".json", StringComparison.Ordinal);
        var holdsValues = isNamed && (key.Contains("alues", StringComparison.Ordinal)
            || place.Tree.Text(place.Tree.Child(0, "metadata"), "name")?.Contains("values", StringComparison.Ordinal) == true);
        if (!holdsValues && !IsManifest(place.Node.Value))
        {
            return;
        }

        UseSink found = new();
        EmbeddedYaml.Read(place with { Sink = found }, "the text", (tree, sink) =>
        {
            if (KubernetesFormat.Format.Accepts(tree))
            {
                UseSink inner = new();
                FileReading.ReadTree(tree, KubernetesFormat.Format, inner, Surroundings.None);
                inner.Uses.ForEach(use => sink.Add(use with { Steps = Steps.Of(Step.Into).Add(use.Steps), Object = null }));
            }
            else if (holdsValues)
            {
                ReadValues(place, tree, sink);
            }
        });
        found.Uses.ForEach(place.Sink.Add);

        // a text may be a template of some program: only one that says it is YAML has to be
        if (isNamed && !place.Node.Value.Contains("{{", StringComparison.Ordinal) && !place.Node.Value.Contains("{%", StringComparison.Ordinal))
        {
            place.Sink.Problems.AddRange(found.Problems);
        }
    }

    private static bool IsManifest(string text) =>
        text.Contains("apiVersion:", StringComparison.Ordinal) && text.Contains("kind:", StringComparison.Ordinal) && text.Contains("mage", StringComparison.Ordinal);

    private static void ReadValues(Place place, Tree tree, UseSink sink)
    {
        ChartValues values = new(Chart.Elsewhere, tree, Steps.Root);
        UseSink found = new();
        foreach (var match in TreeWalk.Find(tree, Values, out _))
        {
            HelmValues.Take(new(tree, match, place.Format, found, Surroundings.None), values);
        }

        found.Uses.ForEach(use => sink.Add(use with { Steps = Steps.Of(Step.Into).Add(use.Steps) }));
    }
}
