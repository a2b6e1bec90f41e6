using Cleat.Formats.Hcl;
using Cleat.Text;
using Cleat.Trees;
using Cleat.Trees.Braces;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Terraform;

/// <summary>A block of a file that may name images: a resource, a data source, the call of a module.</summary>
/// <param name="Kind">The block's type: <c>resource</c>.</param>
/// <param name="Node">Its body.</param>
/// <param name="Places">Where in it images are named, by the providers' schemas.</param>
internal sealed record Block(string Kind, int Node, Steps Path, List<Match> Places);

/// <summary>Where a name is used: in a block, or in the value of a local.</summary>
/// <param name="Block">The block's place in the file's list; -1 for a local.</param>
/// <param name="Local">The local's name, <c>local.x</c>; null for a block.</param>
internal readonly record struct Mention(string Name, int Block, string? Local);

/// <summary>One file of a module: its tree, what it declares, and where it uses what is declared. All of it follows from the text alone.</summary>
internal sealed class ModuleFile
{
    private ModuleFile(SourceText source)
    {
        Source = source;
        Tree = source.Path.EndsWith(".json", StringComparison.Ordinal) ? JsonBlocks.Read(source, out var problem) : HclTrees.Read(source, out problem);
        Problem = problem;
    }

    public SourceText Source { get; }

    public Tree Tree { get; }

    /// <summary>Why the rest was not read, or null.</summary>
    public ReadProblem? Problem { get; }

    public string Name => Path.GetFileName(Source.Path);

    /// <summary>True for a file of values for variables: <c>terraform.tfvars</c>.</summary>
    public bool IsSettings => IsSettingsName(Source.Path);

    public Declarations Declared => field ??= new(Tree);

    /// <summary>The names that have a value here, <c>local.x</c> and <c>var.x</c>, each once.</summary>
    public IReadOnlySet<string> Names => field ??= new HashSet<string>(IsSettings
        ? Variables.Select(v => "var." + v)
        : Declared.Names("locals").Select(l => "local." + l).Concat(Variables.Where(HasDefault).Select(v => "var." + v)), StringComparer.Ordinal);

    // of its own, or for attributes in its type
    private bool HasDefault(string variable) =>
        Declared.Of("variable", variable, "default").Any() || Declared.Of("variable", variable, "type").Any(t => Tree[t.Node].Value.Contains("optional(", StringComparison.Ordinal));

    /// <summary>The variables that are declared here, or set by a file of values.</summary>
    public IEnumerable<string> Variables => IsSettings ? Values.Of(Tree, 0, [Traversal.Any]).Select(v => v.Path.Key!).Distinct() : Declared.Names("variable");

    /// <summary>The blocks in the order of the file.</summary>
    public IReadOnlyList<Block> Blocks => field ??= ReadBlocks();

    /// <summary>Where locals and variables are used by name.</summary>
    public IReadOnlyList<Mention> Mentions => field ??= ReadMentions();

    public static ModuleFile Read(SourceText source) => new(source);

    /// <summary>The file that is read: as the run knows it already when its text is the same.</summary>
    public static ModuleFile Of(Reading reading) =>
        reading.Beside.Parsed(Path.GetFileName(reading.Source.Path), Read) is { } known && known.Source.Span.SequenceEqual(reading.Source.Span)
            ? known
            : Read(reading.Source);

    public static bool IsSettingsName(string name) => name.EndsWith(".tfvars", StringComparison.Ordinal) || name.EndsWith(".tfvars.json", StringComparison.Ordinal);

    /// <summary>The values of <c>local.x</c> or <c>var.x</c> in this file, or of what lies under it.</summary>
    public IEnumerable<(int Node, Steps Path)> Of(IReadOnlyList<string> names) => names switch
    {
        ["var", _, ..] when IsSettings => Declared.Of([.. names.Skip(1)]),
        ["var", var name, ..] => Declared.Of(["variable", name, "default", .. names.Skip(2)]),
        ["local", _, ..] => Declared.Of(["locals", .. names.Skip(1)]),
        _ => [],
    };

    /// <summary>The block that an offset lies in; null when it lies in none.</summary>
    public Block? BlockAt(int offset)
    {
        var (low, high) = (0, Blocks.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var span = Tree[Blocks[middle].Node].Span;
            if (offset < span.Start)
            {
                high = middle - 1;
            }
            else if (offset > span.End)
            {
                low = middle + 1;
            }
            else
            {
                return Blocks[middle];
            }
        }

        return null;
    }

    private List<Block> ReadBlocks()
    {
        List<Block> blocks = [];
        foreach (var keys in (string[][])[["resource", Traversal.Any, Traversal.Any], ["data", Traversal.Any, Traversal.Any], ["module", Traversal.Any]])
        {
            blocks.AddRange(Declared.Of(keys).Select(b => new Block(keys[0], b.Node, b.Path, [])));
        }

        blocks.Sort((a, b) => Tree[a.Node].Span.Start.CompareTo(Tree[b.Node].Span.Start));
        var last = 0;
        foreach (var match in TreeWalk.Find(Tree, ResourcePlaces.Paths, out _).OrderBy(m => Tree[m.Node].Span.Start))
        {
            while (last < blocks.Count && Tree[blocks[last].Node].Span.End < Tree[match.Node].Span.Start)
            {
                last++;
            }

            blocks[last].Places.Add(match);
        }

        return blocks;
    }

    private List<Mention> ReadMentions()
    {
        List<Mention> mentions = [];
        for (var i = 0; i < Blocks.Count; i++)
        {
            mentions.AddRange(NamesIn(Tree[Blocks[i].Node].Span).Select(name => new Mention(name, i, null)));
        }

        foreach (var (local, path) in Declared.Of("locals", Traversal.Any))
        {
            mentions.AddRange(NamesIn(Tree[local].Span).Select(name => new Mention(name, -1, "local." + path.Key)));
        }

        return mentions;
    }

    private HashSet<string> NamesIn(TextSpan span)
    {
        HashSet<string> names = [];
        var text = Source.Span.Slice(span.Start, span.Length);
        for (var dot = 0; text[dot..].IndexOf((byte)'.') is var next and >= 0; dot++)
        {
            dot += next;
            var kind = text[..dot].EndsWith("local"u8) ? 5 : text[..dot].EndsWith("var"u8) ? 3 : 0;
            if (kind > 0 && (dot == kind || !IsName(text[dot - kind - 1])))
            {
                var end = dot + 1;
                while (end < text.Length && IsName(text[end]))
                {
                    end++;
                }

                names.Add(Source.Slice(TextSpan.FromBounds(span.Start + dot - kind, span.Start + end)));
            }
        }

        return names;
    }

    private static bool IsName(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'_' or (byte)'-' or >= 0x80;
}
