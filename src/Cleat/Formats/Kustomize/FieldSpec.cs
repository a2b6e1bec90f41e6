using Cleat.Text;
using Cleat.Trees.Paths;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Formats.Kustomize;

/// <summary>
/// A field that a kustomization's <c>configurations</c> add to those in which images are set (kustomize, "Transformer Configurations"): a path with
/// slashes, in which lists may be marked with <c>[]</c>, in objects of a kind. What is left out is any (5.6, tried).
/// </summary>
internal sealed record FieldSpec(IReadOnlyList<string> Keys, string? Group, string? Version, string? Kind)
{
    /// <summary>What a file of configurations says of images.</summary>
    public static IEnumerable<FieldSpec> Read(SourceText source)
    {
        var syntax = TreeReading.Syntax(source);
        return TreeReading.Parts(source, syntax).SelectMany(part => TreeReading.Read(source, part, syntax, out _)).SelectMany(Of);
    }

    /// <summary>True when the use stands in the field.</summary>
    public bool Holds(ImageUse use) =>
        use.Format == "kubernetes"
        && (Kind is null || Kind == use.Object?.Kind)
        && (Group is null || Group == use.Object?.Group)
        && (Version is null || Version == use.Object?.Version)
        && IsAt(use.Steps);

    private static IEnumerable<FieldSpec> Of(Tree tree) =>
        from item in Kustomization.Items(tree, "images")
        let path = tree.Text(item, "path")
        where path is not null
        select new FieldSpec([.. path.Replace("[]", "", StringComparison.Ordinal).Split('/', StringSplitOptions.RemoveEmptyEntries)], tree.Text(item, "group"), tree.Text(item, "version"), tree.Text(item, "kind"));

    // the items of lists are not named: spec/list/image is spec.list[0].image
    private bool IsAt(Steps steps)
    {
        var key = 0;
        foreach (var step in steps.Span)
        {
            if (step.Key is { } name && (key == Keys.Count || Keys[key++] != name))
            {
                return false;
            }
        }

        return key == Keys.Count;
    }
}
