using Cleat.Text;
using Cleat.Trees;

namespace Cleat.Formats.Hcl;

/// <summary>A folder of Terraform files, which name each other's values; read as far as it is needed.</summary>
/// <param name="folder">Relative to the file that is read; empty, or ending in a slash.</param>
/// <param name="own">The file that is read, when it is in the folder.</param>
internal sealed class Module(string folder, Tree? own, Surroundings beside)
{
    private List<Tree>? files;
    private List<Tree>? settings;

    /// <summary>Every file of the module, the one that is read first.</summary>
    public IEnumerable<Tree> Files => files ??= [.. own is null || IsSettings(own.Source.Path) ? [] : (Tree[])[own], .. Others(IsConfiguration)];

    // what sets variables: the file that is read, or files that are taken by themselves
    private IEnumerable<Tree> Settings => settings ??=
        [.. own is not null && IsSettings(own.Source.Path) ? [own] : Others(n => n is "terraform.tfvars" or "terraform.tfvars.json" || n.EndsWith(".auto.tfvars", StringComparison.Ordinal))];

    public static Tree Read(SourceText source, out ReadProblem? problem) =>
        source.Path.EndsWith(".json", StringComparison.Ordinal) ? JsonBlocks.Read(source, out problem) : HclTrees.Read(source, out problem);

    public static bool IsSettings(string name) => name.EndsWith(".tfvars", StringComparison.Ordinal) || name.EndsWith(".tfvars.json", StringComparison.Ordinal);

    /// <summary>What <c>var.x</c> and <c>local.x</c> stand for, wherever in the module; what wins comes first.</summary>
    public IEnumerable<Written> Name(IReadOnlyList<string> names)
    {
        if (names.Count < 2 || names[0] is not ("var" or "local"))
        {
            return [];
        }

        var rest = names.Skip(2);
        return names[0] == "local"
            ? Files.SelectMany(f => Texts(f, ["locals", names[1], .. rest]))
            : [.. Settings.SelectMany(f => Texts(f, [names[1], .. rest])), .. Files.SelectMany(f => Texts(f, ["variable", names[1], "default", .. rest]))];
    }

    /// <summary>The structures that names stand for.</summary>
    public IEnumerable<(Tree Tree, int Node, string Path)> Nodes(IReadOnlyList<string> names)
    {
        IReadOnlyList<string> keys = names switch
        {
            ["local", var name, ..] => ["locals", name, .. names.Skip(2)],
            ["var", var name, ..] => ["variable", name, "default", .. names.Skip(2)],
            _ => [],
        };
        return keys.Count == 0 ? [] : Files.SelectMany(f => Values.Of(f, 0, keys).Select(n => (f, n.Node, n.Path)));
    }

    private static IEnumerable<Written> Texts(Tree tree, IReadOnlyList<string> keys) =>
        Values.Of(tree, 0, keys).SelectMany(v => Values.Texts(tree, v.Node, v.Path));

    private static bool IsConfiguration(string name) =>
        name.EndsWith(".tf", StringComparison.Ordinal) || name.EndsWith(".tofu", StringComparison.Ordinal) || name.EndsWith(".tf.json", StringComparison.Ordinal);

    private IEnumerable<Tree> Others(Func<string, bool> wanted)
    {
        var self = own is null ? null : Path.GetFileName(own.Source.Path);
        return beside.Files(folder).Where(n => n != self && wanted(n)).Select(n => beside.Read(folder + n)).OfType<SourceText>().Select(s => Read(s, out _));
    }
}
