using System.IO.Enumeration;
using Cleat.Text;
using Cleat.Trees;

namespace Cleat.Formats;

/// <summary>One format: which files it claims, where in them references stand, and what reads them.</summary>
/// <param name="Name">The word in output and options: <c>kubernetes</c>.</param>
/// <param name="Title">For people: <c>Kubernetes manifests</c>.</param>
/// <param name="Files">File names it claims, with <c>*</c>; more specific formats stand first in the list of formats.</param>
internal sealed record Format(string Name, string Title, params IReadOnlyList<string> Files)
{
    /// <summary>Where references stand, for formats that are YAML or JSON.</summary>
    public PathSet? Paths { get; init; }

    /// <summary>The keys at a document's root without which it is not of this format.</summary>
    public IReadOnlyList<string> Requires
    {
        get;
        init
        {
            field = value;
            RequiredBytes = [.. value.Select(System.Text.Encoding.UTF8.GetBytes)];
        }
    } = [];

    internal IReadOnlyList<byte[]> RequiredBytes { get; private init; } = [];

    /// <summary>What the paths cannot say: called for each match in place of judging a plain scalar.</summary>
    public Action<Tree, Match, Format, UseSink>? Take { get; init; }

    /// <summary>For a syntax that is no tree: reads the whole file.</summary>
    public Action<SourceText, Format, UseSink>? Read { get; init; }

    public bool ClaimsName(ReadOnlySpan<char> fileName)
    {
        foreach (var file in Files)
        {
            if (FileSystemName.MatchesSimpleExpression(file, fileName, ignoreCase: false))
            {
                return true;
            }
        }

        return false;
    }

    public bool Accepts(Tree tree) => Requires.All(key => tree.Child(0, key) >= 0);
}
