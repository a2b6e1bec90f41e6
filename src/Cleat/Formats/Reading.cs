using Cleat.Text;
using Cleat.Trees.Paths;
using Cleat.Trees;

namespace Cleat.Formats;

/// <summary>One file being read by one format.</summary>
/// <param name="Sink">Takes what is found.</param>
/// <param name="Beside">The files beside it.</param>
internal readonly record struct Reading(SourceText Source, Format Format, UseSink Sink, Surroundings Beside);

/// <summary>One document of a tree's file being read by one format.</summary>
internal readonly record struct Document(Tree Tree, Format Format, UseSink Sink, Surroundings Beside);

/// <summary>A place in a document that one of the format's paths leads to.</summary>
internal readonly record struct Place(Tree Tree, Match Match, Format Format, UseSink Sink, Surroundings Beside)
{
    /// <summary>What stands at the place.</summary>
    public ref readonly Node Node => ref Tree[Match.Node];

    /// <summary>Judges the scalar that stands here, as a row without code of its own does.</summary>
    public void Judge() => ScalarUse.Add(Tree, Match, Format, Sink);
}
