using Cleat.Text;
using Cleat.Trees;

namespace Cleat.Formats.Kustomize;

/// <summary>What one kustomization file says: the images it sets and what it includes.</summary>
/// <param name="Resources">Files and folders (<c>resources</c>, <c>bases</c>).</param>
/// <param name="Components">Folders whose images are set on all resources of the one that includes them.</param>
/// <param name="Patches">Manifests that are laid over resources before images are set.</param>
internal sealed record Kustomization(IReadOnlyList<ImageEntry> Images, IReadOnlyList<string> Resources, IReadOnlyList<string> Components, IReadOnlyList<string> Patches)
{
    /// <summary>The names kustomize looks for in a folder, in its order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

    /// <summary>True for a document that kustomize itself would take: it may leave out apiVersion and kind.</summary>
    public static bool Is(Tree tree) =>
        tree.Count > 0 && tree[0].Kind == NodeKind.Map
        && (tree.Text(0, "apiVersion") is not { } version || version.StartsWith("kustomize.config.k8s.io/", StringComparison.Ordinal))
        && tree.Text(0, "kind") is null or "Kustomization" or "Component";

    /// <summary>Reads a file that another one includes; null when it is no kustomization.</summary>
    public static Kustomization? Read(SourceText source)
    {
        var syntax = TreeReading.Syntax(source);
        foreach (var part in TreeReading.Parts(source, syntax))
        {
            if (TreeReading.Read(source, part, syntax, out _).Find(Is) is { } tree)
            {
                return Of(tree);
            }
        }

        return null;
    }

    public static Kustomization Of(Tree tree) => new(
        [.. Items(tree, tree.Child(0, "images")).Select(i => Entry(tree, i)).OfType<ImageEntry>()],
        [.. Texts(tree, "resources"), .. Texts(tree, "bases")],
        [.. Texts(tree, "components")],
        [.. Texts(tree, "patchesStrategicMerge"), .. Items(tree, tree.Child(0, "patches")).Select(i => tree.Text(i, "path")).OfType<string>()]);

    /// <summary>One item of <c>images[]</c>; null when it names nothing.</summary>
    public static ImageEntry? Entry(Tree tree, int item)
    {
        string? Get(string key) => tree[item].Kind == NodeKind.Map ? MapField.Find(tree, item, key)?.Text : null;
        return Get("name") is { } name ? new(name, Get("newName"), Get("newTag"), Get("digest"), Get("tagSuffix")) : null;
    }

    private static IEnumerable<string> Texts(Tree tree, string key) =>
        Items(tree, tree.Child(0, key)).Where(i => tree[i].Kind == NodeKind.Scalar).Select(i => tree[i].Value);

    private static IEnumerable<int> Items(Tree tree, int list)
    {
        for (var item = list >= 0 && tree[list].Kind == NodeKind.Sequence ? tree[list].First : -1; item >= 0; item = tree[item].Next)
        {
            if (tree.Target(item) is var target and >= 0)
            {
                yield return target;
            }
        }
    }
}
