using Cleat.Formats.Kustomize;
using Cleat.Text;
using Cleat.Trees.Comments;
using Cleat.Uses;

namespace Cleat.Formats;

/// <summary>What the readers of a file found, and what they could not read.</summary>
internal sealed class UseSink
{
    // of the uses that AddOnce has seen
    private readonly HashSet<(TextSpan, string, string?)> keys = [];
    private int known;

    public List<ImageUse> Uses { get; } = [];

    public List<ReadProblem> Problems { get; } = [];

    /// <summary>The kustomization, in its place among others; null for all other files.</summary>
    public KustomizationFolder? Kustomization { get; set; }

    /// <summary>How comments are written in the file; null for YAML, and where nothing was read.</summary>
    public CommentSyntax? Comments { get; set; }

    public void Add(ImageUse use) => Uses.Add(use);

    /// <summary>Adds a use unless it is there: a literal that several places lead to is judged once.</summary>
    public void AddOnce(ImageUse use)
    {
        for (; known < Uses.Count; known++)
        {
            keys.Add(Key(Uses[known]));
        }

        if (keys.Add(Key(use)))
        {
            known++;
            Uses.Add(use);
        }
    }

    private static (TextSpan, string, string?) Key(ImageUse use) => (use.Span, use.Text, use.Reference?.Original);

    public void Problem(int offset, string message) => Problems.Add(new ReadProblem(offset, message));
}
