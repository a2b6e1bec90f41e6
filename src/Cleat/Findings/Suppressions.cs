using Cleat.Text;
using Cleat.Trees.Comments;
using Cleat.Uses;

namespace Cleat.Findings;

/// <summary>Every ignore that stands in one file.</summary>
internal sealed class Suppressions
{
    private static readonly Suppressions None = new([]);

    private readonly List<Suppression> all;

    private Suppressions(List<Suppression> all) => this.all = all;

    /// <param name="syntax">How comments are written in the file; null for YAML.</param>
    public static Suppressions Find(SourceText source, CommentSyntax? syntax)
    {
        if (!SuppressionWord.MayStandIn(source.Span))
        {
            return None;
        }

        List<Suppression> found = [];
        var comments = CommentFinder.Find(source, syntax);
        foreach (var comment in comments)
        {
            if (SuppressionWord.OfComment(source.Slice(comment.Span)) is { } word)
            {
                found.Add(new(
                    new(comment.Span.Start + word.Start, Math.Max(1, comment.Span.Length - word.Start)),
                    SuppressionScope.Of(source, syntax, comments, comment, word.Reach),
                    word.Rules,
                    new(IgnoredBy.Comment, word.Reason),
                    word.Own && comment.Within is null));
            }
        }

        SuppressionAnnotations.Find(source, found);
        return found.Count == 0 ? None : new(found);
    }

    /// <summary>What silences a rule there, or null. Every ignore that does counts as used.</summary>
    public Ignored? Of(TextSpan span, string rule)
    {
        Ignored? first = null;
        foreach (var one in all)
        {
            if (one.Silences(rule) && one.Covers(span))
            {
                one.IsUsed = true;
                first ??= one.Ignored;
            }
        }

        return first;
    }

    /// <summary>True when the place is to be left as it is, whatever its verdict.</summary>
    public bool Protects(TextSpan span) => all.Exists(s => s.Covers(span) && s.Silences(Rule.UnpinnedImage.Name));

    /// <summary>What is to be said about the ignores themselves, once every use was asked for.</summary>
    /// <param name="rules">The rules that can be silenced.</param>
    public IEnumerable<Notice> Notices(SourceText source, IReadOnlyList<Rule> rules)
    {
        foreach (var one in all.Where(s => s.Own))
        {
            if (one.Rules.FirstOrDefault(name => !rules.Any(r => r.Name == name)) is { } unknown)
            {
                yield return Notice(source, one, Rule.UnusedIgnore, $"there is no rule '{unknown}'{NearestWord.Hint(unknown, rules.Select(r => r.Name))}");
            }
            else if (!one.IsUsed && one.Rules.Any(name => rules.Any(r => r.IsOnline && r.Name == name)))
            {
                // whether it silences something only a registry knows
            }
            else if (!one.IsUsed)
            {
                yield return Notice(source, one, Rule.UnusedIgnore, "this ignore silences nothing: remove it, or move it to the line of the reference or the line above");
            }
            else if (one.Ignored.Reason is null)
            {
                yield return Notice(source, one, Rule.IgnoreWithoutReason, "this ignore gives no reason: write one behind it, so that the next reader knows whether it still holds");
            }
        }
    }

    private static Notice Notice(SourceText source, Suppression one, Rule rule, string message)
    {
        var position = source.Position(one.At.Start);
        return new(source.Path, position, source.LineText(position.Line), one.At.Length, rule, message);
    }
}
