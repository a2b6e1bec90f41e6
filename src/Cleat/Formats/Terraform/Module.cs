using Cleat.Files;
using Cleat.Formats.Hcl;
using Cleat.Text;
using Cleat.Trees.Braces;
using Cleat.Trees.Paths;
using Cleat.Trees;

namespace Cleat.Formats.Terraform;

/// <summary>A folder of Terraform files, which name each other's values; read as far as it is needed.</summary>
/// <param name="folder">Relative to the file that is read; empty, or ending in a slash.</param>
/// <param name="own">The file that is read, when it is in the folder.</param>
internal sealed class Module(string folder, Tree? own, Surroundings beside)
{
    private List<Tree>? files;
    private List<Tree>? settings;

    /// <summary>Where it is, from the file that is read.</summary>
    public string Folder => folder;

    /// <summary>Every file of the module, the one that is read first.</summary>
    public IEnumerable<Tree> Files => files ??= [.. own is null || IsSettings(own.Source.Path) ? [] : (Tree[])[own], .. Others(IsConfiguration)];

    // what sets variables: the file that is read, or files that are taken by themselves
    private IEnumerable<Tree> Settings => settings ??=
        [.. own is not null && IsSettings(own.Source.Path) ? [own] : Others(n => n is "terraform.tfvars" or "terraform.tfvars.json" || n.EndsWith(".auto.tfvars", StringComparison.Ordinal))];

    public static Tree Read(SourceText source, out ReadProblem? problem) =>
        source.Path.EndsWith(".json", StringComparison.Ordinal) ? JsonBlocks.Read(source, out problem) : HclTrees.Read(source, out problem);

    public static bool IsSettings(string name) => name.EndsWith(".tfvars", StringComparison.Ordinal) || name.EndsWith(".tfvars.json", StringComparison.Ordinal);

    /// <summary>
    /// The folder of the module that a file of variables is for: its own, or one of the two above (<c>envs/prod/x.tfvars</c> for <c>-var-file</c>) when that
    /// one declares every variable of the file; null when there is none.
    /// </summary>
    public static string? Of(Tree settings, Surroundings beside)
    {
        foreach (var folder in (string[])["", "../", "../../"])
        {
            if (beside.Files(folder).Any(IsConfiguration))
            {
                Module module = new(folder, settings, beside);
                return folder.Length == 0 || Values.Of(settings, 0, [Traversal.Any]).All(v => module.Files.Any(f => Values.Of(f, 0, ["variable", v.Path.Key!]).Any())) ? folder : null;
            }
        }

        return null;
    }

    /// <summary>True when a text names something that a file gives a value: a local, a variable's default, or what a file of variables sets.</summary>
    public static bool Names(Tree file, string text) =>
        (IsSettings(file.Source.Path)
            ? Values.Of(file, 0, [Traversal.Any]).Select(v => "var." + v.Path.Key)
            : Values.Of(file, 0, ["locals", Traversal.Any]).Select(v => "local." + v.Path.Key).Concat(Values.Of(file, 0, ["variable", Traversal.Any]).Select(v => "var." + v.Path.Key)))
        .Any(name => text.Contains(name, StringComparison.Ordinal));

    /// <summary>What <c>var.x</c>, <c>local.x</c> and <c>each.value</c> stand for, wherever in the module; what wins comes first.</summary>
    public IEnumerable<ValueText> Name(ValueText place, IReadOnlyList<string> names) => names switch
    {
        ["local", _, ..] => Files.SelectMany(f => Texts(f, ["locals", .. names.Skip(1)])),
        ["var", var name, ..] => [.. Settings.SelectMany(f => Texts(f, [.. names.Skip(1)])), .. Files.SelectMany(f => Texts(f, ["variable", name, "default", .. names.Skip(2)]))],
        _ when Traversal.IsEach(names) => Each(place, names),
        _ => [],
    };

    // the items of the for_each of the block around
    private static IEnumerable<ValueText> Each(ValueText place, IReadOnlyList<string> names)
    {
        string[] keys = [.. place.Path.Span.ToArray().Select(s => s.Key ?? Traversal.Any)];
        var depth = names[0] != "each" ? Array.LastIndexOf(keys, names[0]) + 1 : keys[0] == "module" ? 2 : 3;
        var rest = names.Skip(2);
        foreach (var (block, path) in depth == 0 || depth > keys.Length ? [] : Values.Of(place.Tree, 0, [.. keys[..depth], "for_each"]))
        {
            ref readonly var items = ref place.Tree[block];
            if (items.Kind == NodeKind.Scalar)
            {
                if (ValueText.Of(place.Tree, block, path).Names() is { } list)
                {
                    yield return place with { Named = [.. list, Traversal.Any, .. rest] };
                }
            }
            else if (names[1] == "value" || items.Kind == NodeKind.Sequence)
            {
                foreach (var (item, its) in Values.Of(place.Tree, block, [Traversal.Any, .. rest]))
                {
                    foreach (var text in Values.Texts(place.Tree, item, path.Add(its)))
                    {
                        yield return text;
                    }
                }
            }
        }
    }

    /// <summary>The structures that names stand for.</summary>
    public IEnumerable<(Tree Tree, int Node, Steps Path)> Nodes(IReadOnlyList<string> names)
    {
        IReadOnlyList<string> keys = names switch
        {
            ["local", var name, ..] => ["locals", name, .. names.Skip(2)],
            ["var", var name, ..] => ["variable", name, "default", .. names.Skip(2)],
            _ => [],
        };
        return keys.Count == 0 ? [] : Files.SelectMany(f => Values.Of(f, 0, keys).Select(n => (f, n.Node, n.Path)));
    }

    private static IEnumerable<ValueText> Texts(Tree tree, IReadOnlyList<string> keys) =>
        Values.Of(tree, 0, keys).SelectMany(v => Values.Texts(tree, v.Node, v.Path));

    private static bool IsConfiguration(string name) =>
        name.EndsWith(".tf", StringComparison.Ordinal) || name.EndsWith(".tofu", StringComparison.Ordinal) || name.EndsWith(".tf.json", StringComparison.Ordinal);

    private IEnumerable<Tree> Others(Func<string, bool> wanted)
    {
        var self = own is null ? null : Path.GetFileName(own.Source.Path);
        return beside.Files(folder).Where(n => n != self && wanted(n)).Select(n => beside.Read(folder + n)).OfType<SourceText>().Select(s => Read(s, out _));
    }
}
