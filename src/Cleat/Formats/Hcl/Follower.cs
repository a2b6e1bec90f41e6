using System.Text;
using Cleat.Text;

namespace Cleat.Formats.Hcl;

/// <summary>What a name stands for: <c>var.image</c> gives the literals that set it.</summary>
internal delegate IEnumerable<Written> Naming(IReadOnlyList<string> names);

/// <summary>Follows names to where their text stands, and judges the text there.</summary>
internal sealed class Follower(Naming naming)
{
    private const int MostSteps = 200;
    private const int LongestText = 1_000;

    private int steps;

    /// <summary>The names that were followed or could not be.</summary>
    public List<IReadOnlyList<string>> Asked { get; } = [];

    /// <summary>The texts that a place gets: itself, or what its expression names. Empty when that is not known.</summary>
    public List<Written> Follow(Written from)
    {
        steps = 0;
        List<Written> ends = [];
        if (!from.IsAround)
        {
            Follow(from, ends);
        }

        return ends;
    }

    /// <summary>The use that a text makes where it stands.</summary>
    public ImageUse Use(Written text, string format)
    {
        var comment = text.IsInner ? null : ScalarUse.Comment(text.Tree);
        if (text.Parts() is not { Count: > 0 } parts)
        {
            return ScalarUse.Judged(format, text.Path, text.Value, text.Span, new PinSite.Text(text.Span, LineComment: comment), null);
        }

        steps = 0;
        var (whole, unknown) = Read(text);
        var tail = TextSpan.FromBounds(parts[^1].End, text.Span.End);
        PinSite site = unknown is null || whole.Contains('@', StringComparison.Ordinal)
            ? new PinSite.Text(tail, Prefix: whole[..^text.Tree.Source.Slice(tail).Length])
            : new PinSite.Nowhere($"{Short(unknown)} is set somewhere else: pin it there, or give it a default here");
        return ScalarUse.Judged(format, text.Path, whole, text.Span, site, null) with { Text = OnOneLine(text.Tree.Source.Slice(text.Span)) };
    }

    /// <summary>The use of an expression that cannot be followed.</summary>
    public static ImageUse Dynamic(Written text, string format)
    {
        var expression = text.Expression() ?? text.Tree.Source.Slice(text.Span);
        var name = Short(expression);
        var why = Traversal.Read(expression) switch
        {
            ["var", ..] => $"{name} has no default that could be judged: its value is set outside of this module",
            ["local", ..] => $"{name} is put together from what is not known here",
            _ => $"{name} is not known here",
        };
        return new()
        {
            Format = format,
            Path = text.Path,
            Text = "${" + OnOneLine(expression) + "}",
            Span = text.Span,
            Verdict = Findings.Verdict.Dynamic,
            Problem = why,
            Site = new PinSite.Nowhere($"{name} is set somewhere else: pin it there"),
        };
    }

    private void Follow(Written from, List<Written> ends)
    {
        if (from.Expression() is not { } expression)
        {
            ends.Add(from);
        }
        else if (Traversal.Read(expression) is { } names && ++steps < MostSteps)
        {
            Asked.Add(names);
            foreach (var value in naming(names))
            {
                Follow(value, ends);
            }
        }
    }

    // the text with all that is known put in, and the first expression that is not
    private (string Text, string? Unknown) Read(Written from)
    {
        if (from.Parts() is not { } parts)
        {
            return (from.Tree.Source.Slice(from.Span), null);
        }

        if (parts.Count == 0)
        {
            return (from.Value, null);
        }

        StringBuilder text = new();
        string? unknown = null;
        var at = from.Span.Start;
        foreach (var part in parts)
        {
            text.Append(from.Tree.Source.Slice(TextSpan.FromBounds(at, part.Start)));
            at = part.End;
            var inside = from.Inside(part);
            var value = text.Length < LongestText && Traversal.Read(inside) is { } names && !names.Contains(Traversal.Any) && ++steps < MostSteps
                ? naming(names).Select(Read).FirstOrDefault(v => v.Unknown is null).Text
                : null;
            unknown ??= value is null ? inside : null;
            text.Append(value ?? from.Tree.Source.Slice(part));
        }

        return (text.Append(from.Tree.Source.Slice(TextSpan.FromBounds(at, from.Span.End))).ToString(), unknown);
    }

    private static string Short(string expression) => OnOneLine(expression) is var line && line.Length <= 60 ? line : line[..60] + "…";

    private static string OnOneLine(string text) => string.Join(' ', text.Split((char[])[' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
