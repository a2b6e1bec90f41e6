using Cleat.Formats.Hcl;
using Cleat.Text;
using Cleat.Trees;
using Cleat.Trees.Braces;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Bicep;

/// <summary>One file of Bicep: its tree, what it declares, and which of its parameters are images. All of it follows from the text alone.</summary>
internal sealed class BicepFile
{
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

    /// <summary>The parameters that the file takes images from, by the names of what lies under them.</summary>
    public IReadOnlyList<IReadOnlyList<string>> ImageParameters => field ??= BicepFormat.NamesAsked(this);

    public static BicepFile Read(SourceText source) => new(source);

    /// <summary>What names stand for in the file.</summary>
    public NamePath Names => field ??= new((_, names) => Declared.Of("param", names[0]).Concat(Declared.Of("var", names[0]))
        .Select(v => (new Located(Tree, v.Node, v.Path), (IReadOnlyList<string>)[.. names.Skip(1)])));
}
