using Cleat.Formats.Hcl;
using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Terraform;

/// <summary>
/// A folder of Terraform files, which name each other's values, as one of them sees it: the others are as they are on disk, and the one that is read
/// stands in the place of its file there.
/// </summary>
/// <param name="folder">Relative to the file that is read; empty, or ending in a slash.</param>
/// <param name="own">The file that is read, when it is in the folder or gives values to its variables.</param>
internal sealed class Module(string folder, ModuleFile? own, Surroundings beside, ModuleFiles? files = null)
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

    /// <summary>Another module by the path that a file of this one gives.</summary>
    public ModuleFiles Called(string source) => beside.Opened(folder + source.TrimEnd('/') + "/", ModuleFiles.Open);

    /// <summary>What <c>var.x</c>, <c>local.x</c> and <c>each.value</c> stand for, wherever in the module; what wins comes first.</summary>
    public IEnumerable<ValueText> Name(ValueText place, IReadOnlyList<string> names) => names switch
    {
        ["local", _, ..] => Declaring(names).SelectMany(f => Texts(f, names)),
        ["var", _, ..] => (own is { IsSettings: true } ? [own] : OnDisk.Settings).Concat(Declaring(names)).SelectMany(f => Texts(f, names)),
        _ when Traversal.IsEach(names) => Each(place, names),
        _ => [],
    };

    /// <summary>The structures that names stand for.</summary>
    public IEnumerable<(Tree Tree, int Node, Steps Path)> Nodes(IReadOnlyList<string> names) =>
        names is ["local" or "var", _, ..] ? Declaring(names).SelectMany(f => f.Of(names).Select(n => (f.Tree, n.Node, n.Path))) : [];

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

    /// <summary>The variables that the module takes images from, each by the names of what lies under it: <c>var images web</c>.</summary>
    public List<IReadOnlyList<string>> ImageVariables()
    {
        LiteralFinder inside = new(Name);
        foreach (var file in OnDisk.Files)
        {
            foreach (var place in file.Blocks.SelectMany(b => ResourcePlaces.Of(file, b, this, null)))
            {
                inside.Find(place);
            }
        }

        return [.. inside.Followed.Where(n => n is ["var", _, ..]).DistinctBy(n => string.Join('.', n))];
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

    // the items of the for_each of the block around
    private IEnumerable<ValueText> Each(ValueText place, IReadOnlyList<string> names)
    {
        var file = own?.Tree == place.Tree ? own : OnDisk.Of(place.Tree);
        var (around, skipped) = file?.BlockAt(place.Span.Start) is { } at ? (at.Node, at.Path.Count) : (0, 0);
        string[] keys = [.. place.Path.Span.ToArray().Select(s => s.Key ?? Traversal.Any)];
        var depth = names[0] != "each" ? Array.LastIndexOf(keys, names[0]) + 1 : keys[0] == "module" ? 2 : 3;
        var rest = names.Skip(2);
        foreach (var (block, below) in depth == 0 || depth > keys.Length || depth < skipped ? [] : Values.Of(place.Tree, around, [.. keys[skipped..depth], "for_each"]))
        {
            ref readonly var items = ref place.Tree[block];
            var path = place.Path.Take(skipped).Add(below);
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

    private static IEnumerable<ValueText> Texts(ModuleFile file, IReadOnlyList<string> names) =>
        file.Of(names).SelectMany(v => Values.Texts(file.Tree, v.Node, v.Path));
}
