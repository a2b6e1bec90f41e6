using System.Text.RegularExpressions;
using Cleat.References;
using Cleat.Text;
using Cleat.Trees.Comments;
using Cleat.Uses;

namespace Cleat.Rewriting;

/// <summary>
/// The tag that a comment keeps for a digest, in the words of the tools that write one: <c># nginx:1.27</c> (Cleat), <c># ratchet:nginx:1.27</c>,
/// <c># tag=1.27</c>, <c># renovate: tag=1.27</c> and <c># pin @1.27</c> (Renovate), <c># 1.27</c> (frizbee, Dependabot).
/// </summary>
/// <param name="Span">The bytes of the tag alone.</param>
/// <param name="Whole">The bytes that go when the tag returns to its reference: the comment, or its part that says the tag.</param>
/// <param name="IsBare">True where nothing but the tag is there, so that only its look tells it from a remark.</param>
internal sealed partial record TagComment(string Tag, TextSpan Span, TextSpan Whole, bool IsBare)
{
    // tags that show no number
    private static readonly string[] Names =
    [
        "latest", "stable", "edge", "main", "master", "nightly", "lts", "mainline", "rolling", "canary", "dev", "develop", "alpine", "slim",
        "buster", "bullseye", "bookworm", "trixie", "sid", "bionic", "focal", "jammy", "noble",
    ];

    /// <summary>What the comment behind a reference says; null when it says no tag of that image.</summary>
    public static TagComment? Of(SourceText source, PinSite site, ImageReference reference)
    {
        if (Place(source, site) is not { Text.Length: > 0 } comment)
        {
            return null;
        }

        var (text, word) = (comment.Text, comment.Text.Split([' ', '\t'], 2)[0]);
        var from = word.StartsWith("ratchet:", StringComparison.Ordinal) ? "ratchet:".Length : 0;
        from += word.AsSpan(from).StartsWith("docker://") ? "docker://".Length : 0;
        if (ImageReference.TryParse(word[from..], out var said, out _) && said is { Tag: { } tag, Digest: null }
            && (said.Registry, said.Repository) == (reference.Registry, reference.Repository))
        {
            return At(comment, word.Length - tag.Length, tag, word.Length, site);
        }

        if (Renovate().Match(text) is { Success: true } renovate && IsTag(renovate.Groups["tag"].Value))
        {
            return At(comment, renovate.Groups["tag"].Index, renovate.Groups["tag"].Value, renovate.Length, site);
        }

        return word == text && LooksLikeTag(word) && source.Span[comment.Start - 1] is (byte)' ' or (byte)'\t' ? At(comment, 0, word, word.Length, site) is { } bare ? bare with { IsBare = true } : null : null;
    }

    /// <summary>The comment behind a place; null where no comment may stand.</summary>
    public static TrailingComment? Place(SourceText source, PinSite site) => site switch
    {
        PinSite.Text { TagInComment: true } text => BehindColon(source, text.Span.End),
        PinSite.Text { LineComment: not null, Prefix: "", Suffix: "" } text => TrailingComment.Behind(source, text.Span),
        PinSite.Field { LineComment: not null } field => TrailingComment.Behind(source, field.Value),
        _ => null,
    };

    private static TagComment? At(TrailingComment comment, int start, string tag, int length, PinSite site)
    {
        // what stands behind the words is somebody's remark, which stays
        var rest = comment.Text.AsSpan(length).TrimStart();
        var end = comment.Start + length;
        if (site is PinSite.Text { TagInComment: true })
        {
            return rest.IsEmpty ? new(tag, new(comment.Start + start, tag.Length), TextSpan.FromBounds(comment.At, end + " */".Length), false) : null;
        }

        var isAlone = rest.IsEmpty || rest[0] == '#' || rest.StartsWith("//");
        return new(tag, new(comment.Start + start, tag.Length), isAlone ? TextSpan.FromBounds(comment.At, end) : new(end, 0), false);
    }

    // behind the colon: not every reader of JSON with comments takes one in front of it
    private static TrailingComment? BehindColon(SourceText source, int end)
    {
        const string Open = " /* ";
        var colon = source.Span[(end + 1)..].IndexOf((byte)':');
        if (colon < 0)
        {
            return null;
        }

        var at = end + 2 + colon;
        var rest = source.Span[at..];
        return rest.StartsWith(" /* "u8) && rest.IndexOf(" */"u8) is var close and > 3
            ? new(at, source.Slice(new(at + Open.Length, close - Open.Length)), at + Open.Length)
            : new(at, "", at);
    }

    private static bool IsTag(string text) => ImageReference.TryParse($"x:{text}", out var read, out _) && read.Tag == text;

    // a remark of one word may be a tag by the grammar: a number or one of the usual names tells, the key of an issue does not
    private static bool LooksLikeTag(string word) => IsTag(word) && !IssueKey().IsMatch(word)
        && (word.AsSpan().IndexOfAnyInRange('0', '9') >= 0 || Array.IndexOf(Names, word.Split('-', '.')[0]) >= 0);

    [GeneratedRegex(@"^(renovate\s*:\s*)?(pin\s+@?|tag\s*=\s*@?)(?<tag>[\w.-]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Renovate();

    [GeneratedRegex("^[A-Z][A-Z0-9_]*-[0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex IssueKey();
}
