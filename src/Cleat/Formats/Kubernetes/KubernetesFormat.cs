using System.Collections.Concurrent;
using Cleat.Formats.Builds;
using Cleat.Formats.Dockerfile;
using Cleat.Formats.Helm;
using Cleat.Formats.Kustomize;
using Cleat.References;
using Cleat.Trees.Paths;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Formats.Kubernetes;

/// <summary>
/// Kubernetes objects: whatever has <c>apiVersion</c> and <c>kind</c>. A pod spec is found at any depth of any kind, built in or custom,
/// since its lists of containers look the same everywhere (Kubernetes API reference, PodSpec). Lists and templates hold objects.
/// </summary>
internal static class KubernetesFormat
{
    // v1 List and the kinds that end so; template.openshift.io Template
    private static readonly string[] Holders = ["items", "objects"];

    /// <summary>The places of a pod spec, wherever it stands.</summary>
    public static PathSet PodSpec { get; } = new(
        "**.containers[].image",
        "**.initContainers[].image",
        "**.ephemeralContainers[].image",
        "**.volumes[].image.reference");

    public static Format Format { get; } = new("kubernetes", "Kubernetes manifest", "*.yaml", "*.yml", "*.json")
    {
        Requires = ["apiVersion", "kind"],
        Paths = PodSpec,
        MorePaths = tree => ByKind(tree),
        Signs = new() { MoreWords = [.. CustomResources.Gates, "taskRef", "pipelineRef", "emplateRef"], MayHold = static text => CustomResources.MayHold(text) || TextPlaces.MayHold(text) || TektonCalls.MayHold(text) || ArgoCalls.MayHold(text) },
        Open = document =>
        {
            TektonParams tekton = new(document.Tree);
            ArgoParameters argo = new(document.Tree);
            Lazy<BuiltImages?> built = new(() => BuiltImages.Around(document.Beside));
            return place => Take(place, tekton, argo, built);
        },
        Where = "any pod spec in any kind; the places of 240 custom resources (Argo, Tekton, OpenShift, Prometheus, KubeVirt, Crossplane, …)",
    };

    private static readonly ConcurrentDictionary<(PathSet Own, PathSet Calls), PathSet> Both = [];

    private static PathSet? ByKind(Tree tree)
    {
        var (version, own) = (tree.Text(0, "apiVersion"), tree.Text(0, "kind"));
        if (CustomResources.Paths(version, own) is { } paths)
        {
            return (TektonCalls.Paths(version, own) ?? ArgoCalls.Paths(version, own)) is { } calls ? Both.GetOrAdd((paths, calls), static both => new([.. both.Own.Paths, .. both.Calls.Paths])) : paths;
        }

        if (TektonCalls.Paths(version, own) is { } only)
        {
            return only;
        }

        if (own == "ConfigMap" && version == "v1")
        {
            return TextPlaces.ConfigMap;
        }

        List<string> inner = [];
        foreach (var holder in Holders)
        {
            var list = tree.Child(0, holder);
            if (list < 0 || tree[list].Kind != NodeKind.Sequence)
            {
                continue;
            }

            HashSet<string> seen = [];
            for (var item = tree[list].First; item >= 0; item = tree[item].Next)
            {
                if (tree.Text(item, "kind") is { } kind && CustomResources.Paths(tree.Text(item, "apiVersion"), kind) is { } more && seen.Add(kind))
                {
                    inner.AddRange(more.Paths.Select(p => p.StartsWith("**", StringComparison.Ordinal) ? $"{holder}[].{p}" : $"{holder}[]{{kind={kind}}}.{p}"));
                }
            }
        }

        return inner.Count == 0 ? null : new([.. inner]);
    }

    private static void Take(Place place, TektonParams tekton, ArgoParameters argo, Lazy<BuiltImages?> built)
    {
        var (uses, first) = (place.Sink.Uses, place.Sink.Uses.Count);
        TakeAny(place, tekton, argo);
        for (var i = first; i < uses.Count; i++)
        {
            uses[i] = NoImage.Unbuilt(uses[i], built);
        }

        if (place.Match.Pattern.EndsWith("ontainers[].image", StringComparison.Ordinal))
        {
            return;
        }

        // a kustomization may say that it sets images in such a field of such objects
        for (var i = first; i < uses.Count && place.Tree.Text(0, "apiVersion") is { } version && place.Tree.Text(0, "kind") is { } kind; i++)
        {
            uses[i] = uses[i] with { Object = ObjectType.Of(version, kind) };
        }
    }

    private static void TakeAny(Place place, TektonParams tekton, ArgoParameters argo)
    {
        if (NoImage.At(place) is { } none)
        {
            place.Sink.Add(none);
            return;
        }

        if (InnerValues.Take(place) || TextPlaces.Take(place) || TektonCalls.Take(place) || ArgoCalls.Take(place))
        {
            return;
        }

        if (place.Match.Pattern.EndsWith("images[]", StringComparison.Ordinal) && place.Node.Kind == NodeKind.Map)
        {
            // Flux: the entries of a kustomization
            if (SplitImage.Use(place.Tree, place.Match.Node, place.Format.Name, place.Match.Steps) is { } split)
            {
                place.Sink.Add(split);
            }

            return;
        }

        if (place.Match.Pattern == "**.kustomize.images[]")
        {
            ImageArgument.Take(place);
            return;
        }

        if (place.Match.Pattern.EndsWith("patches[].patch", StringComparison.Ordinal))
        {
            // Flux and Argo CD: the entries of a kustomization
            PatchText.Take(place);
            return;
        }

        if (place.Match.Pattern == "spec.package" && place.Node.Kind == NodeKind.Scalar && !place.Tree.IsNull(place.Match.Node) && place.Node.Value.Length > 0 && !ReferenceGrammar.NamesRegistry(place.Node.Value))
        {
            // docs.crossplane.io, "Packages": a name without a registry is completed by Crossplane, by its version and its flags
            place.Sink.Add(ScalarUse.Judged(place.Format.Name, place.Match.Steps, place.Node.Value, place.Node.Span, new PinSite.Nowhere("Crossplane puts a registry of its own in front: write the registry (xpkg.crossplane.io/…), then pin"), null));
            return;
        }

        if (place.Match.Pattern.EndsWith(".docker.buildArgs.*", StringComparison.Ordinal))
        {
            SkaffoldArgument(place);
            return;
        }

        if (TemplateParameters.Reads(place))
        {
            TemplateParameters.Take(place);
            return;
        }

        if (TektonParams.Reads(place))
        {
            tekton.Take(place);
            return;
        }

        if (ArgoParameters.Reads(place))
        {
            argo.Take(place);
            return;
        }

        if (!place.Match.Pattern.EndsWith(".baseImage", StringComparison.Ordinal))
        {
            place.Judge();
        }
        else if (place.Node.Kind == NodeKind.Scalar && !place.Tree.IsNull(place.Match.Node) && place.Node.Value.Length > 0)
        {
            // Prometheus operator, Prometheus.spec.baseImage (deprecated): a name that gets its tag from spec.tag or spec.version
            place.Sink.Add(ScalarUse.Judged(place.Format.Name, place.Match.Steps, place.Node.Value, place.Node.Span, new PinSite.Nowhere("the operator adds a tag to baseImage: write spec.image in its place, then pin it"), null));
        }
    }

    // skaffold.dev, "skaffold.yaml": build.artifacts[].docker
    private static void SkaffoldArgument(Place place)
    {
        var (tree, steps) = (place.Tree, place.Match.Steps);
        var docker = tree.Find(steps.Take(steps.Count - 2));
        var artifact = tree.Find(steps.Take(steps.Count - 3));
        if (place.Node.Kind == NodeKind.Scalar && !tree.IsNull(place.Match.Node)
            && BuildArgumentPlace.Dockerfile(place.Beside, tree.Text(artifact, "context"), tree.Text(docker, "dockerfile")) is { } dockerfile)
        {
            BuildArgumentPlace.Take(place, dockerfile, steps.Key!, 0, null);
        }
    }
}
