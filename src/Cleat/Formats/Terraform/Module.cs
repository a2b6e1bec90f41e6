using Cleat.Formats.Hcl;
using Cleat.Trees;

namespace Cleat.Formats.Terraform;

/// <summary>
/// A folder of Terraform files, which name each other's values, as one of them sees it: the others are as they are on disk, and the one that is read
/// stands in the place of its file there.
/// </summary>
/// <param name="folder">Relative to the file that is read; empty, or ending in a slash.</param>
/// <param name="own">The file that is read, when it is in the folder or gives values to its variables.</param>
/// <param name="levels">How many calls further down outputs are followed.</param>
internal sealed class Module(string folder, ModuleFile? own, Surroundings beside, ModuleFiles? files = null, int levels = ModuleFiles.MostLevels)
{
    // of the file that is read: it stands in this folder, and is no file of values
    private readonly string? replaced = own is { IsSettings: false } ? own.Name : null;

    /// <summary>Where it is, from the file that is read.</summary>
    public string Folder => folder;

    private ModuleFiles OnDisk => files ??= beside.Opened(folder, ModuleFiles.Open);

    /// <summary>
    /// The folder of the module that a file of values is for: its own, or one of the two above (<c>envs/prod/x.tfvars</c> for <c>-var-file</c>) when that
    /// one declares every variable of the file; null when there is none.
    /// </summary>
    public static string? FolderOf(ModuleFile settings, Surroundings beside)
    {
        foreach (var folder in (string[])["", "../", "../../"])
        {
            if (beside.Files(folder).Any(ModuleFiles.IsConfiguration))
            {
                return folder.Length == 0 || beside.Opened(folder, ModuleFiles.Open) is var module && settings.Variables.All(module.Declares) ? folder : null;
            }
        }

        return null;
    }

    /// <summary>What names stand for in the module.</summary>
    public NamePath Names => field ??= new(Declared, expression => FileCalls.DataOf(expression, folder, beside));

    /// <summary>The texts that <c>var.x</c>, <c>local.x</c> and <c>each.value</c> stand for, wherever in the module; what wins comes first.</summary>
    public IEnumerable<ValueText> Name(ValueText place, IReadOnlyList<string> names) => Names.Texts(place, names);

    /// <summary>The blocks of a type with a name: a data source, the call of a module.</summary>
    public IEnumerable<(ModuleFile File, Block Block)> Blocks(params IReadOnlyList<string> keys) =>
        (replaced is null ? [] : (ModuleFile[])[own!]).Concat((keys[1] == Traversal.Any ? OnDisk.Files : OnDisk.Holding(keys[0], keys[1])).Where(f => f.Name != replaced)).SelectMany(f => f.Declared.Of(keys).Select(b => (f, new Block(keys[0], b.Node, b.Path, []))));

    /// <summary>The module that a call of this one names by its path; null when it stands elsewhere.</summary>
    public ModuleFiles? CalledBy(ModuleFile file, Block call) => PathOf(file, call) is { } path ? beside.Opened(path, ModuleFiles.Open) : null;

    // the folder of a module in the tree, from the file that is read
    private string? PathOf(ModuleFile file, Block call) =>
        file.Tree.Text(call.Node, "source") is { } source && (source.StartsWith("./", StringComparison.Ordinal) || source.StartsWith("../", StringComparison.Ordinal))
            ? folder + source.TrimEnd('/') + "/"
            : null;

    private IEnumerable<(Located Start, IReadOnlyList<string> Keys)> Declared(ValueText place, IReadOnlyList<string> names) => names switch
    {
        ["local", var name, ..] => Declaring(names).SelectMany(f => f.Of(["local", name]).Select(n => (new Located(f.Tree, n.Node, n.Path), Rest(names, 2)))),
        ["var", var name, ..] => (own is { IsSettings: true } ? [own] : OnDisk.Setting(name)).Concat(Declaring(names))
            .SelectMany(f => f.Of(["var", name]).Select(n => (new Located(f.Tree, n.Node, n.Path), Rest(names, 2))))
            .Concat(Declaring(names).SelectMany(f => f.Declared.Of("variable", name, "type").SelectMany(t => TypeDefaults.Of(ValueText.Of(f.Tree, t.Node, t.Path), Rest(names, 2)))).Select(d => (d, (IReadOnlyList<string>)[]))),
        ["module", var call, var output, ..] => Blocks("module", call).Select(b => CalledBy(b.File, b.Block)).OfType<ModuleFiles>()
            .SelectMany(m => m.Outputs(output)).Select(o => (o, Rest(names, 3)))
            .Concat(Blocks("module", call).SelectMany(b => OutputsBehind(b.File, b.Block, output, Rest(names, 3), place)).Select(o => (o, (IReadOnlyList<string>)[]))),
        _ when Traversal.IsEach(names) => Each(place, names),
        _ => [],
    };

    // what an output names inside of the called module, where it is judged only when the output's own name says that it is an image; what it was given is known here
    private IEnumerable<Located> OutputsBehind(ModuleFile file, Block call, string output, IReadOnlyList<string> keys, ValueText place)
    {
        if (levels == 0 || CalledBy(file, call) is not { } called || PathOf(file, call) is not { } path)
        {
            return [];
        }

        Module inner = new(path, null, beside, called, levels - 1);
        return called.Holding("output", output).SelectMany(f => f.Declared.Of("output", output, "value")
            .Where(v => !ModuleArguments.IsImageOutput(f.Tree, output, v.Node))
            .SelectMany(v => inner.Names.Below(new Located(f.Tree, v.Node, v.Path), keys))
            .Where(n => n.Tree[n.Node] is { Kind: NodeKind.Scalar, Tag: null } && !n.Path.StartsWith("variable"))
            .Select(n => n with { From = new(n.From?.File, place) }));
    }

    /// <summary>The blocks of other files that what the file that is read declares may reach, through locals too, in order.</summary>
    public IEnumerable<(ModuleFile File, Block Block)> Reached()
    {
        SortedSet<(int File, int Block)> blocks = [];
        Queue<string> names = own is null ? [] : new(own.Names);
        HashSet<string> seen = [.. names];
        while (names.TryDequeue(out var name))
        {
            foreach (var (file, mention) in OnDisk.Mentioning(name).Where(m => OnDisk.Files[m.File].Name != replaced))
            {
                if (mention.Local is null)
                {
                    blocks.Add((file, mention.Block));
                }
                else if (seen.Add(mention.Local))
                {
                    names.Enqueue(mention.Local);
                }
            }
        }

        return blocks.Select(b => (OnDisk.Files[b.File], OnDisk.Files[b.File].Blocks[b.Block]));
    }

    /// <summary>The variables that the module takes images from by itself, each by the names of what lies under it: <c>var images web</c>.</summary>
    public List<IReadOnlyList<string>> ImageVariables() =>
        Variables(OnDisk.Files.SelectMany(f => f.Blocks.SelectMany(b => ResourcePlaces.Of(f, b, this, beside, null))));

    /// <summary>The variables that the module hands on to the modules that it calls, as images.</summary>
    /// <param name="levels">How many calls further down are looked at.</param>
    public List<IReadOnlyList<string>> VariablesHandedOn(int levels) =>
        Variables(OnDisk.Files.SelectMany(f => f.Blocks.Where(b => b.Kind == "module").SelectMany(b => Arguments(f, b, levels))));

    /// <summary>The arguments of a call that the called module, or what it calls, takes for images.</summary>
    public IEnumerable<ValueText> Arguments(ModuleFile file, Block call, int levels) =>
        (CalledBy(file, call)?.ImageVariables(levels) ?? []).SelectMany(names => Values.Of(file.Tree, call.Node, names.Skip(1))).SelectMany(v => Values.Texts(file.Tree, v.Node, call.Path.Add(v.Path)));

    private List<IReadOnlyList<string>> Variables(IEnumerable<ValueText> places)
    {
        List<IReadOnlyList<string>> followed = [];
        LiteralFinder inside = new(Name, followed);
        foreach (var place in places)
        {
            inside.Find(place);
        }

        return [.. followed.Where(n => n is ["var", _, ..]).DistinctBy(n => string.Join('.', n))];
    }

    private IEnumerable<ModuleFile> Declaring(IReadOnlyList<string> names)
    {
        var name = $"{names[0]}.{names[1]}";
        if (replaced is not null && own!.Names.Contains(name))
        {
            yield return own;
        }

        foreach (var file in OnDisk.Declaring(name))
        {
            if (file.Name != replaced)
            {
                yield return file;
            }
        }
    }

    private static IReadOnlyList<string> Rest(IReadOnlyList<string> names, int from) => [.. names.Skip(from)];

    // the items of the for_each of the block around
    private IEnumerable<(Located Start, IReadOnlyList<string> Keys)> Each(ValueText place, IReadOnlyList<string> names)
    {
        var file = own?.Source == place.Tree.Source ? own : OnDisk.Of(place.Tree.Source);
        var (around, skipped) = file?.BlockAt(place.Span.Start) is { } at ? (at.Node, at.Path.Count) : (0, 0);
        var tree = file?.Tree ?? place.Tree;
        string[] keys = [.. place.Path.Span.ToArray().Select(s => s.Key ?? Traversal.Any)];
        var depth = names[0] == "each" ? keys[0] == "module" ? 2 : 3 : Array.LastIndexOf(keys, names[0]) + 1;
        depth = depth == 0 ? Iterator(tree, around, skipped, keys, names[0]) : depth;
        foreach (var (items, below) in depth == 0 || depth > keys.Length || depth < skipped ? [] : Values.Of(tree, around, [.. keys[skipped..depth], "for_each"]))
        {
            Located list = new(tree, items, place.Path.Take(skipped).Add(below));
            if (names[1] == "value")
            {
                yield return (list, [Traversal.Any, .. names.Skip(2)]);
            }
            else if (names[1] == "key" && IsSet(list))
            {
                yield return (list, [Traversal.Any]);
            }
        }
    }

    // the keys of a set are its values
    private static bool IsSet(Located list) => list.Tree[list.Node].Kind == NodeKind.Sequence;

    // dynamic "container" { iterator = c }: how many keys lead to it
    private static int Iterator(Tree tree, int around, int skipped, string[] keys, string name)
    {
        for (var depth = keys.Length; depth > skipped; depth--)
        {
            if (Values.Of(tree, around, [.. keys[skipped..depth], "iterator"]).Any(i => tree[i.Node].Value == "${" + name + "}"))
            {
                return depth;
            }
        }

        return 0;
    }
}
