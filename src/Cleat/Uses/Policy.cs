using Cleat.References;
using Cleat.Text;

namespace Cleat.Uses;

/// <summary>The one place that decides whether the text of a reference is pinned.</summary>
public static class Policy
{
    private const int Remembered = 256;

    [ThreadStatic]
    private static (string? Text, Judgement Judgement)[]? judged;

    /// <summary>Judges the text of a reference as the program that reads the file would see it.</summary>
    /// <remarks>
    /// A text with variables is judged by what stands literally in it: a good digest fixes the image whatever they hold,
    /// and what no value of theirs can mend (a bad digest behind a name, a second '@', a space) is malformed.
    /// </remarks>
    public static Judgement Judge(string text)
    {
        // a file may name one image a million times: its parsed reference is made once
        ref var known = ref (judged ??= new (string? Text, Judgement Judgement)[Remembered])[string.GetHashCode(text) & (Remembered - 1)];
        if (known.Text != text)
        {
            known = (text, Judged(text));
        }

        return known.Judgement;
    }

    private static Judgement Judged(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new(Verdict.NotAnImage, null, "no image is named here");
        }

        if (text.StartsWith("ko://", StringComparison.Ordinal))
        {
            return new(Verdict.NotAnImage, null, "ko builds it from Go sources and puts a digest in");
        }

        if (Digest.TryParse(text, out _, out _))
        {
            return new(Verdict.Malformed, null, "it is the id of an image on one machine, which no registry knows: name the image, 'name@sha256:…'");
        }

        if (ImageReference.TryParse(text, out var reference, out var error))
        {
            return new(!reference.HasDigest ? Verdict.Unpinned : Verdict.Pinned, reference, null);
        }

        var expressions = Expressions.Find(text, out var unclosed);
        if (unclosed is { } opening)
        {
            return new(Verdict.Malformed, null, $"'{text[opening.Start..opening.End]}' is not closed");
        }

        return expressions.Count == 0
            ? new(Verdict.Malformed, null, error.Message)
            : Partly(text, expressions);
    }

    /// <summary>The first variable or template expression in a text, as it is written, or null.</summary>
    public static string? Expression(string text) =>
        Expressions.Find(text, out _) is [var first, ..] ? text[first.Start..first.End] : null;

    private static Judgement Partly(string text, IReadOnlyList<TextSpan> expressions)
    {
        // the literal text, every expression blanked by a letter, so that positions stay
        var literal = text.ToCharArray();
        foreach (var expression in expressions)
        {
            literal.AsSpan(expression.Start, expression.Length).Fill('x');
        }

        var at = Array.IndexOf(literal, '@');
        var second = at >= 0 && Array.IndexOf(literal, '@', at + 1) >= 0;
        string? problem = null;
        if (!expressions.Any(e => Expressions.IsTemplate(text, e)))
        {
            problem = ReferenceGrammar.Stray(literal, 0)?.Message ?? (second ? ReferenceGrammar.TwoDigests : null);
        }

        if (problem is null && at >= 0 && !second && expressions[^1].Start < at)
        {
            if (Digest.TryParse(literal.AsSpan(at + 1), out _, out var wrong))
            {
                return new(Verdict.Pinned, null, null);
            }

            problem = $"the digest {wrong}";
        }

        return problem is null
            ? new(Verdict.Dynamic, null, $"{text[expressions[0].Start..expressions[0].End]} is not known here")
            : new(Verdict.Malformed, null, problem);
    }
}

/// <summary>A verdict and what led to it.</summary>
/// <param name="Reference">The parsed reference, when the text is one in full.</param>
/// <param name="Problem">For malformed: what is wrong. For dynamic: which expression. For not an image: what it is instead. Else null.</param>
public sealed record Judgement(Verdict Verdict, ImageReference? Reference, string? Problem);
