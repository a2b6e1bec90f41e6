using System.Collections.Immutable;

namespace Cleat.Formats.Helm.Templates;

/// <summary>What a template writes, in pieces.</summary>
internal sealed class Output
{
    public List<Piece> Pieces { get; } = [];

    public int Length { get; private set; }

    /// <summary>Something in it may be an image's name.</summary>
    public bool HasImage { get; private set; }

    public void Add(Piece piece)
    {
        if (piece.Text.Length > 0)
        {
            Length += piece.Text.Length;
            Pieces.Add(piece);
            HasImage |= piece.HasImage;
        }
    }

    /// <summary>Ends the line, in the place of text that is left out.</summary>
    public void EndLine()
    {
        if (Pieces is [.., var last] && !last.Text.EndsWith('\n'))
        {
            Add(new("\n", [], false, default));
        }
    }

    public string Text => field ??= string.Concat(Pieces.Select(p => p.Text));
}

/// <summary>What one file of templates renders to.</summary>
/// <param name="Main">What Helm would write.</param>
/// <param name="Aside">What the branches that are not taken would: by the node, which of its branches, and the calls and loops on the way to it.</param>
/// <param name="Reads">The nodes of the values that were read.</param>
/// <param name="Failures">What fails in it, and where.</param>
internal sealed record Rendered(TemplateFile File, Output Main, Dictionary<(Node Node, bool Then, long Way), Branch> Aside, HashSet<int> Reads, Dictionary<Spot, string> Failures)
{
    /// <summary>It asked for more steps or output than a template gets: the rest is not known.</summary>
    public bool IsCut { get; init; }

    /// <summary>It is of a chart that is not part of the release by default.</summary>
    public bool IsOff { get; init; }
}

/// <summary>A branch that is not taken.</summary>
/// <param name="Conditions">What of the values decided that, on the way to it.</param>
/// <param name="Depth">How many such branches it stands in, itself counted.</param>
internal sealed record Branch(Output Output, ImmutableArray<int> Conditions, int Depth);
