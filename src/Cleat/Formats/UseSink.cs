using Cleat.Formats.Kustomize;
using Cleat.Text;
using Cleat.Trees.Comments;
using Cleat.Uses;

namespace Cleat.Formats;

/// <summary>What the readers of a file found, and what they could not read.</summary>
internal sealed class UseSink
{
    // of the uses that AddOnce has seen
    private readonly HashSet<(TextSpan, string, string?, Verdict)> keys = [];
    private readonly Dictionary<TextSpan, int> references = [];
    private int known;

    public List<ImageUse> Uses { get; } = [];

    public List<ReadProblem> Problems { get; } = [];

    /// <summary>The kustomization, in its place among others; null for all other files.</summary>
    public KustomizationFolder? Kustomization { get; set; }

    /// <summary>False when nothing is to be written: where a digest could go is not tried out where that takes long.</summary>
    public bool WantsSites { get; init; } = true;

    /// <summary>True for a file that was named and that no format reads.</summary>
    public bool IsUnread { get; set; }

    /// <summary>How comments are written in the file; null for YAML, and where nothing was read.</summary>
    public CommentSyntax? Comments { get; set; }

    public void Add(ImageUse use) => Uses.Add(use);

    /// <summary>
    /// Adds a use unless it is there: a literal that several places lead to is judged once. One at which several references end takes no digest,
    /// since that is one image's.
    /// </summary>
    public void AddOnce(ImageUse use)
    {
        for (; known < Uses.Count; known++)
        {
            keys.Add(Key(Uses[known]));
            references.TryAdd(Uses[known].Span, known);
        }

        if (!keys.Add(Key(use)))
        {
            return;
        }

        if (EndsHere(use) && references.TryGetValue(use.Span, out var other) && EndsHere(Uses[other]))
        {
            Uses[other] = WithoutSite(Uses[other]);
            use = WithoutSite(use);
        }
        else if (EndsHere(use))
        {
            references[use.Span] = known;
        }

        known++;
        Uses.Add(use);
    }

    // also one that is malformed as it is, and would be so in another way with a digest
    private static bool EndsHere(ImageUse use) => use.Reference is not null || use.Verdict == Verdict.Malformed;

    private static ImageUse WithoutSite(ImageUse use) => use.Reference is null ? use
        : use with { Site = new PinSite.Nowhere("several references end here, and a digest is one image's: write the whole reference where the image is named") };

    private static (TextSpan, string, string?, Verdict) Key(ImageUse use) => (use.Span, use.Text, use.Reference?.Original, use.Verdict);

    public void Problem(int offset, string message) => Problems.Add(new ReadProblem(offset, message));
}
