using System.Text.RegularExpressions;
using Cleat.Formats.Hcl;
using Cleat.Text;
using Cleat.Trees;
using Cleat.Trees.Braces;

namespace Cleat.Formats.Bicep;

/// <summary>One file of Bicep: its tree, what it declares and imports, and which of its parameters are images.</summary>
internal sealed partial class BicepFile
{
    /// <summary>Nobody nests modules deeper.</summary>
    public const int MostLevels = 5;

    private readonly IReadOnlyList<IReadOnlyList<string>>?[] imageParameters = new IReadOnlyList<IReadOnlyList<string>>?[MostLevels + 1];

    private BicepFile(SourceText source)
    {
        Tree = BicepTrees.Read(source, out var problem);
        Problem = problem;
        Declared = new(Tree);
    }

    public Tree Tree { get; }

    /// <summary>Why the rest was not read, or null.</summary>
    public ReadProblem? Problem { get; }

    public Declarations Declared { get; }

    // import { image as web } from './shared.bicep': by the name here the file and the name there
    private Dictionary<string, (string File, string Name)> Imports => field ??= ReadImports();

    public static BicepFile Read(SourceText source) => new(source);

    /// <summary>A file by its path; null when it is not there.</summary>
    public static BicepFile? Of(string path, Surroundings beside) => beside.Parsed(path, Read);

    /// <summary>The files around the one at a path.</summary>
    public static Surroundings Around(string path, Surroundings beside) => beside.In(path[..(path.LastIndexOf('/') + 1)]);

    /// <summary>
    /// The parameters that the file takes images from, by the names of what lies under them. Modules may call each other in circles, so each level of calls
    /// rests on the one below alone.
    /// </summary>
    /// <param name="beside">The files around this one.</param>
    /// <param name="levels">How many calls further down are looked at.</param>
    public IReadOnlyList<IReadOnlyList<string>> ImageParameters(Surroundings beside, int levels = MostLevels) =>
        imageParameters[levels] ??= levels == 0
            ? BicepFormat.NamesOfImages(this, beside)
            : [.. ImageParameters(beside, 0).Concat(BicepFormat.NamesHandedOn(this, beside, levels - 1)).DistinctBy(n => string.Join('.', n))];

    /// <summary>What names stand for in the file.</summary>
    public NamePath Names(Surroundings beside) => new((_, names) => Nodes(names[0]).Concat(Imported(names[0], beside)).Select(n => (n, (IReadOnlyList<string>)[.. names.Skip(1)])));

    private IEnumerable<Located> Nodes(string name) => Declared.Of("param", name).Concat(Declared.Of("var", name)).Select(v => new Located(Tree, v.Node, v.Path));

    private IEnumerable<Located> Imported(string name, Surroundings beside) =>
        Imports.TryGetValue(name, out var from) && Of(from.File, beside) is { } file ? file.Nodes(from.Name).Where(n => ModuleArguments.IsImageOutput(n.Tree, from.Name, n.Node)) : [];

    private Dictionary<string, (string File, string Name)> ReadImports()
    {
        Dictionary<string, (string File, string Name)> found = new(StringComparer.Ordinal);
        if (Tree.Source.Span.IndexOf("import"u8) < 0)
        {
            return found;
        }

        foreach (Match import in Import().Matches(Tree.Source.Slice(new(0, Tree.Source.Bytes.Length))))
        {
            foreach (var item in import.Groups[1].Value.Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries))
            {
                if (item.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries) is [var name, .. var rest])
                {
                    found[rest is ["as", var here] ? here : name] = (import.Groups[2].Value, name);
                }
            }
        }

        return found;
    }

    [GeneratedRegex(@"^import\s*\{([^}]*)\}\s*from\s*'([^'\n]+\.bicep)'", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Import();
}
