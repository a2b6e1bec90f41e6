using Cleat.Text;
using Cleat.Trees;

namespace Cleat.Formats.Kustomize;

/// <summary>What one kustomization file says: the images it sets and what it includes.</summary>
/// <param name="Resources">Files and folders (<c>resources</c>, <c>bases</c>).</param>
/// <param name="Components">Folders whose images are set on all resources of the one that includes them.</param>
/// <param name="Patches">Files that are laid over resources before images are set.</param>
internal sealed record Kustomization(IReadOnlyList<ImageEntry> Images, IReadOnlyList<string> Resources, IReadOnlyList<string> Components, IReadOnlyList<string> Patches)
{
    /// <summary><see cref="Patches"/> without <c>./</c> and the like.</summary>
    public IReadOnlySet<string> PatchFiles => field ??= Patches.Select(p => RelativePath.Join("", p)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Files that say in which more fields images are set.</summary>
    public IReadOnlyList<string> Configurations { get; private init; } = [];

    /// <summary>The namespace that it gives to all it includes; null when it gives none.</summary>
    public string? Namespace { get; private init; }

    /// <summary>True when patches stand in it as text.</summary>
    public bool HoldsPatches { get; private init; }

    /// <summary>The names kustomize looks for in a folder, in its order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

    /// <summary>True for a document that kustomize itself would take: it may leave out apiVersion and kind.</summary>
    public static bool Is(Tree tree) =>
        tree.Count > 0 && tree[0].Kind == NodeKind.Map
        && (tree.Text(0, "apiVersion") is not { } version || version.StartsWith("kustomize.config.k8s.io/", StringComparison.Ordinal))
        && tree.Text(0, "kind") is null or "Kustomization" or "Component";

    /// <summary>Reads a file that another one includes; null when it is no kustomization.</summary>
    public static Kustomization? Read(SourceText source) => Trees(source) is [var tree, ..] ? Of(tree) : null;

    /// <summary>The documents of a file that are kustomizations.</summary>
    public static List<Tree> Trees(SourceText source)
    {
        var syntax = TreeReading.Syntax(source);
        return [.. TreeReading.Parts(source, syntax).SelectMany(part => TreeReading.Read(source, part, syntax, out _)).Where(Is)];
    }

    public static Kustomization Of(Tree tree) => new(
        [.. Items(tree, "images").Select((node, item) => Entry(tree, node) is { } entry ? entry with { Item = item } : null).OfType<ImageEntry>()],
        [.. Texts(tree, "resources"), .. Texts(tree, "bases")],
        [.. Texts(tree, "components")],
        [.. Texts(tree, "patchesStrategicMerge").Where(p => !PatchText.Is(p)), .. Paths(tree, "patches"), .. Paths(tree, "patchesJson6902")])
    {
        Configurations = [.. Texts(tree, "configurations")],
        Namespace = tree.Text(0, "namespace"),
        HoldsPatches = Texts(tree, "patchesStrategicMerge").Any(PatchText.Is) || Items(tree, "patches").Concat(Items(tree, "patchesJson6902")).Any(i => tree.Text(i, "patch") is not null),
    };

    /// <summary>One item of <c>images[]</c>; null when it names nothing.</summary>
    public static ImageEntry? Entry(Tree tree, int item)
    {
        string? Get(string key) => tree[item].Kind == NodeKind.Map ? MapField.Find(tree, item, key)?.Text : null;
        return Get("name") is { } name ? new(name, Get("newName"), Get("newTag"), Get("digest"), Get("tagSuffix")) : null;
    }

    private static IEnumerable<string> Texts(Tree tree, string key) =>
        Items(tree, key).Where(i => tree[i].Kind == NodeKind.Scalar).Select(i => tree[i].Value);

    private static IEnumerable<string> Paths(Tree tree, string key) => Items(tree, key).Select(i => tree.Text(i, "path")).OfType<string>();

    /// <summary>The items of a list under a key at the root.</summary>
    internal static IEnumerable<int> Items(Tree tree, string key)
    {
        var list = tree.Child(0, key);
        for (var item = list >= 0 && tree[list].Kind == NodeKind.Sequence ? tree[list].First : -1; item >= 0; item = tree[item].Next)
        {
            if (tree.Target(item) is var target and >= 0)
            {
                yield return target;
            }
        }
    }
}
