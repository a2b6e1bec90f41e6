using System.Text;
using System.Text.RegularExpressions;
using Cleat.Formats.Hcl;
using Cleat.Text;
using Cleat.Trees;
using Cleat.Trees.Braces;
using Cleat.Trees.Paths;
using Match = System.Text.RegularExpressions.Match;

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

    private Dictionary<string, (string[] Parameters, ValueText Body)> Functions => field ??= ReadFunctions();

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
    public NamePath Names(Surroundings beside) => new(Declaring(beside), expression => LoadCalls.Of(expression, beside));

    /// <summary>Follows names to the literals that they stand for.</summary>
    /// <param name="followed">As <see cref="LiteralFinder"/> has it.</param>
    public LiteralFinder Finder(Surroundings beside, List<IReadOnlyList<string>>? followed = null) => new(Names(beside).Texts, followed) { Functions = (name, given) => Function(name, given, beside) };

    private Declared Declaring(Surroundings beside) => (place, names) => Nodes(names[0]).Concat(Imported(names[0], beside, place)).Select(n => (n, (IReadOnlyList<string>)[.. names.Skip(1)]));

    private IEnumerable<Located> Nodes(string name) => Declared.Of("param", name).Concat(Declared.Of("var", name)).Select(v => new Located(Tree, v.Node, v.Path));

    private IEnumerable<Located> Imported(string name, Surroundings beside, ValueText place) =>
        Imports.TryGetValue(name, out var from) && Of(from.File, beside) is { } file
            ? file.Nodes(from.Name).Select(n => ModuleArguments.IsImageOutput(n.Tree, from.Name, n.Node) ? n : n with { From = new(null, place) })
            : [];

    // func image(tag string) string => 'team/app:${tag}'
    private Operation.Made? Function(string name, IReadOnlyList<ValueText> given, Surroundings beside)
    {
        if (!Functions.TryGetValue(name, out var function) || function.Parameters.Length != given.Count)
        {
            return null;
        }

        return new(given, texts =>
        {
            IEnumerable<ValueText> Texts(ValueText place, IReadOnlyList<string> names) =>
                names is [var only] && Array.IndexOf(function.Parameters, only) is var index and >= 0 ? [new ValueText(Tree, default, texts[index], Steps.Root)] : [];
            return new LiteralFinder(Texts).TextOf(function.Body);
        });
    }

    private Dictionary<string, (string[] Parameters, ValueText Body)> ReadFunctions()
    {
        Dictionary<string, (string[] Parameters, ValueText Body)> found = new(StringComparer.Ordinal);
        if (Tree.Source.Span.IndexOf("func "u8) < 0)
        {
            return found;
        }

        foreach (Match function in Func().Matches(Encoding.Latin1.GetString(Tree.Source.Span)))
        {
            var body = HclTrees.ExpressionAt(Tree, function.Index + function.Length);
            string[] parameters = [.. function.Groups[2].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split(' ', '\t', '\n')[0])];
            found[function.Groups[1].Value] = (parameters, new(Tree, body, "", Steps.Root, IsExpression: true));
        }

        return found;
    }

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

    [GeneratedRegex(@"^func\s+(\w+)\s*\(([^)]*)\)\s*string\s*=>\s*", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Func();

    [GeneratedRegex(@"^import\s*\{([^}]*)\}\s*from\s*'([^'\n]+\.bicep)'", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Import();
}
