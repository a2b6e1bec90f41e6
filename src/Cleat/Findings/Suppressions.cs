using Cleat.Text;
using Cleat.Trees.Comments;
using Cleat.Uses;

namespace Cleat.Findings;

/// <summary>Every ignore that stands in one file.</summary>
internal sealed class Suppressions
{
    private static readonly Suppressions None = new([]);

    private readonly List<Suppression> all;
    private readonly Dictionary<string, ScopeIndex> byRule = new(StringComparer.Ordinal);

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
        SuppressionScopes scopes = new(source, syntax, comments);
        NoticePlaces? places = null;
        foreach (var comment in comments)
        {
            if (SuppressionWord.OfComment(source.Slice(comment.Span)) is { } word)
            {
                TextSpan at = new(comment.Span.Start + word.Start, Math.Max(1, comment.Span.Length - word.Start));
                found.Add(new(scopes.Of(comment, word.Reach), word.Rules, new(IgnoredBy.Comment, word.Reason))
                {
                    Place = word.Own && comment.Within is null ? (places ??= new(source)).At(at, Rule.UnusedIgnore, "") : null,
                    Wrong = word.Wrong,
                    OwnLine = syntax?.OwnLine == true,
                });
            }
        }

        if (syntax is { OwnLine: true })
        {
            found.AddRange(BehindCode(source));
        }

        SuppressionAnnotations.Find(source, found);
        return found.Count == 0 ? None : new(found);
    }

    // where a comment has its line for itself, these words are part of the line's instruction
    private static List<Suppression> BehindCode(SourceText source)
    {
        List<Suppression> found = [];
        NoticePlaces places = new(source);
        var text = source.Span;
        for (var end = 0; text[end..].IndexOf("cleat:"u8) is var next and >= 0;)
        {
            var at = end + next;
            end = CommentFinder.LineEnd(text, at);
            var line = text[..at].LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
            var mark = text[line..at].TrimEnd((byte)' ').Length - 1;
            if (mark > 0 && text[line + mark] == '#' && text[line..(line + mark)].TrimStart(" \t"u8) is [not ((byte)'#' or (byte)';'), ..]
                && SuppressionWord.OfComment(source.Slice(TextSpan.FromBounds(line + mark, end))) is { Own: true } word)
            {
                found.Add(new(default, [], new(IgnoredBy.Comment, null))
                {
                    Place = places.At(TextSpan.FromBounds(at, end), Rule.UnusedIgnore, ""),
                    Wrong = word.Wrong ?? "this is no comment, but part of the instruction, and silences nothing: a comment has its line for itself here, write it on the line above",
                });
            }
        }

        return found;
    }

    /// <summary>What silences a rule there, the first where several do, or null. Every ignore that does counts as used.</summary>
    public Ignored? Of(TextSpan span, string rule)
    {
        if (all.Count == 0)
        {
            return null;
        }

        var index = Index(rule);
        var first = index.First(span);
        if (first is not null)
        {
            index.Asked.Add(span);
        }

        return first?.Ignored;
    }

    /// <summary>Who wants a pinned reference left as it is: it is ignored for pinning, or for moved tags. None of them counts as used by that.</summary>
    public Ignored? Keeping(TextSpan span) => all.Count == 0 ? null : (Index(Rule.UnpinnedImage.Name).First(span) ?? Index(Rule.MovedTag.Name).First(span))?.Ignored;

    private ScopeIndex Index(string rule)
    {
        if (!byRule.TryGetValue(rule, out var index))
        {
            byRule[rule] = index = new([.. all.Where(s => s.Silences(rule))]);
        }

        return index;
    }

    /// <summary>What is to be said about the ignores themselves, once every use was asked for.</summary>
    /// <param name="rules">The rules that can be silenced.</param>
    public IEnumerable<Notice> Notices(IReadOnlyList<Rule> rules)
    {
        HashSet<Suppression> used = new(byRule.Values.SelectMany(i => i.Used()), ReferenceEqualityComparer.Instance);
        foreach (var one in all.Where(s => s.Place is not null))
        {
            if (one.Wrong is { } wrong)
            {
                yield return one.Told(Rule.UnusedIgnore, wrong);
            }
            else if (one.Rules.FirstOrDefault(name => !rules.Any(r => r.Name == name)) is { } unknown)
            {
                yield return one.Told(Rule.UnusedIgnore, $"there is no rule '{unknown}'{NearestWord.Hint(unknown, rules.Select(r => r.Name))}");
            }
            else if (!used.Contains(one) && one.Rules.Any(name => rules.Any(r => r.IsOnline && r.Name == name)))
            {
                // whether it silences something only a registry knows
            }
            else if (!used.Contains(one))
            {
                yield return one.Told(Rule.UnusedIgnore, $"this ignore silences nothing: remove it, or move it to the {(one.OwnLine ? "line above the reference: behind an instruction a Dockerfile has no comments" : "line of the reference or the line above")}");
            }
            else if (one.Ignored.Reason is null)
            {
                yield return one.Told(Rule.IgnoreWithoutReason, "this ignore gives no reason: write one behind it, so that the next reader knows whether it still holds");
            }
        }
    }
}
