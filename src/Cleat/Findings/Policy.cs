using Cleat.References;

namespace Cleat.Findings;

/// <summary>The one place that decides whether the text of a reference is pinned.</summary>
public static class Policy
{
    /// <summary>Judges the text of a reference as the program that reads the file would see it.</summary>
    public static Judgement Judge(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new(Verdict.NotAnImage, null, "no image is named here");
        }

        if (ImageReference.TryParse(text, out var reference, out var error))
        {
            return new(reference.Digest is null ? Verdict.Unpinned : Verdict.Pinned, reference, null);
        }

        if (Expression(text) is not { } expression)
        {
            return new(Verdict.Malformed, null, error.Message);
        }

        // `${REG}/app@sha256:…` is fixed by its digest, whatever the variable holds
        var at = text.LastIndexOf('@');
        return at >= 0 && Digest.TryParse(text.AsSpan(at + 1), out _, out _) && text.IndexOf('@', StringComparison.Ordinal) == at
            ? new(Verdict.Pinned, null, null)
            : new(Verdict.Dynamic, null, $"{expression} is not known here");
    }

    /// <summary>The first variable or template expression in a text, or null: <c>$X</c>, <c>${X}</c>, <c>$(X)</c>, <c>{{ X }}</c>, <c>${{ X }}</c>, <c>&lt;% X %&gt;</c>, <c>#{X}</c>.</summary>
    public static string? Expression(string text)
    {
        foreach (var (open, close) in Brackets)
        {
            var start = text.IndexOf(open, StringComparison.Ordinal);
            if (start >= 0)
            {
                var end = text.IndexOf(close, start + open.Length, StringComparison.Ordinal);
                return end < 0 ? text[start..] : text[start..(end + close.Length)];
            }
        }

        var dollar = text.IndexOf('$', StringComparison.Ordinal);
        if (dollar < 0)
        {
            return null;
        }

        var stop = dollar + 1;
        while (stop < text.Length && (char.IsAsciiLetterOrDigit(text[stop]) || text[stop] == '_'))
        {
            stop++;
        }

        return text[dollar..stop];
    }

    private static readonly (string Open, string Close)[] Brackets = [("${{", "}}"), ("{{", "}}"), ("${", "}"), ("$(", ")"), ("<%", "%>"), ("#{", "}")];
}

/// <summary>A verdict and what led to it.</summary>
/// <param name="Reference">The parsed reference, when the text is one in full.</param>
/// <param name="Problem">For malformed: what is wrong. For dynamic: which expression. For not an image: what it is instead. Else null.</param>
public sealed record Judgement(Verdict Verdict, ImageReference? Reference, string? Problem);
