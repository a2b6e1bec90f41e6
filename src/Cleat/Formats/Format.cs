using Cleat.Formats.Prefilter;
using Cleat.Trees.Comments;
using Cleat.Trees.Paths;
using Cleat.Trees;

namespace Cleat.Formats;

/// <summary>One format: which files it claims, where in them references stand, and what reads them.</summary>
/// <param name="Name">The word in output and options: <c>kubernetes</c>.</param>
/// <param name="Title">For people: <c>Kubernetes manifests</c>.</param>
/// <param name="Files">The files it claims (see <see cref="FilePattern"/>); more specific formats stand first in the list of formats.</param>
internal sealed record Format(string Name, string Title, params IReadOnlyList<string> Files)
{
    /// <summary>What the files must match.</summary>
    public FilePattern[] Patterns { get; } = [.. Files.Select(f => new FilePattern(f))];

    /// <summary>What the patterns cannot say: asked with the path and the files beside it when one matches.</summary>
    public Func<string, Surroundings, bool>? Claims { get; init; }

    /// <summary>Where references stand, for formats that are trees: YAML, JSON, HCL.</summary>
    public PathSet? Paths { get; init; }

    /// <summary>The keys at a document's root without which it is not of this format.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>How to tell, without reading a file, that nothing of this format is in it.</summary>
    public Signs Signs { get; init; } = Signs.None;

    /// <summary>The look at a file's bytes before it is read.</summary>
    internal Look Look => field ??= new(this);

    /// <summary>What the root's keys alone cannot say: true when the document is of this format.</summary>
    public Func<Tree, bool>? Recognises { get; init; }

    /// <summary>What the paths cannot say: called for each match in place of judging a plain scalar.</summary>
    public Action<Place>? Take { get; init; }

    /// <summary>
    /// What the paths cannot say and what takes more of the document, or of the files around it, than the match: called once for a document, it gives
    /// what is called for each match in it.
    /// </summary>
    public Func<Document, Action<Place>>? Open { get; init; }

    /// <summary>How comments are written in its files, for formats that are no trees; trees have their syntax's own.</summary>
    public CommentSyntax? Comments { get; init; }

    /// <summary>What <see cref="Take"/> wants may be a map or a list as well, not text alone.</summary>
    public bool TakesMaps { get; init; }

    /// <summary>More places than the paths, which depend on what the document says of itself.</summary>
    public Func<Tree, PathSet?>? MorePaths { get; init; }

    /// <summary>For a syntax that is no tree: reads the whole file.</summary>
    public Action<Reading>? Read { get; init; }

    /// <summary>Where references stand, for people, where <see cref="Paths"/> does not say it.</summary>
    public string? Where { get; init; }

    /// <summary>Read only when it is asked for by name.</summary>
    public bool OptIn { get; init; }

    /// <summary>True when every document of a file that it claims is of this format.</summary>
    public bool TakesAll => Read is null && Requires.Count == 0 && Recognises is null;

    /// <summary>True when a pattern matches the path.</summary>
    public bool MayClaim(ReadOnlySpan<char> path) => FilePattern.AnyMatches(Patterns, path);

    public bool Accepts(Tree tree) => Requires.All(key => tree.Child(0, key) >= 0) && (Recognises is null || Recognises(tree));
}
