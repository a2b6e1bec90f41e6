using Cleat.Text;
using Cleat.Trees.Braces;
using Cleat.Trees.Paths;
using Cleat.Trees;

namespace Cleat.Formats.Hcl;

/// <summary>A place in a file of HCL, or of the JSON that stands for it, that gives a text: a literal, a template or an expression.</summary>
/// <param name="Span">A literal's or template's text without quotes; the whole of an expression.</param>
/// <param name="Value">A literal's text, decoded.</param>
/// <param name="Path">Where it stands.</param>
/// <param name="IsInner">It stands in text of another syntax inside the file.</param>
/// <param name="IsAround">It gives more than the text of one reference, and is not followed.</param>
/// <param name="From">Another file that it was read from; null for all others.</param>
/// <param name="Named">What the expression names when it does not say that by itself: one item of a list that is looked up.</param>
internal readonly record struct ValueText(Tree Tree, TextSpan Span, string Value, Steps Path, bool IsExpression = false, bool IsInner = false, bool IsAround = false, IReadOnlyList<string>? Named = null, FileRead? From = null)
{
    public static ValueText Of(Tree tree, int node, Steps path) =>
        new(tree, tree[node].Span, tree[node].Value, path, tree[node].Tag == HclTrees.Expression);

    /// <summary>True when nobody judges it in the file where it stands, so that it is judged where it is read from there.</summary>
    public bool IsRead => From is not null && From.File?.IsJudged(Span) != true;

    /// <summary>The text with its quotes.</summary>
    public TextSpan Outer => !IsExpression && Span.Start > 0 && Tree.Source.Span[Span.Start - 1] is (byte)'"' or (byte)'\'' ? TextSpan.FromBounds(Span.Start - 1, Span.End + 1) : Span;

    /// <summary>What stands behind a prefix in plain ASCII; null when it does not start with it.</summary>
    public ValueText? Behind(string prefix) =>
        !IsExpression && Value.StartsWith(prefix, StringComparison.Ordinal) && Tree.Source.Slice(Span).StartsWith(prefix, StringComparison.Ordinal)
            ? this with { Span = TextSpan.FromBounds(Span.Start + prefix.Length, Span.End), Value = Value[prefix.Length..] }
            : null;

    /// <summary>Its expressions and directives; none in a literal; null when one does not end.</summary>
    public List<TextSpan>? Parts() => IsExpression ? [Span] : HclTrees.Parts(Tree.Source.Span, Span);

    /// <summary>The expression when there is nothing else, or null.</summary>
    public TextSpan? Whole() =>
        IsExpression ? Span
        : Parts() is [var only] && only == Span && Tree.Source.Span[only.Start] == '$' ? Inside(only)
        : null;

    /// <summary>The text of the expression when there is nothing else, or null.</summary>
    public string? Expression() => Whole() is { } span ? Tree.Source.Slice(span) : null;

    /// <summary>The names that the expression consists of; null when it is more or less than that.</summary>
    public IReadOnlyList<string>? Names() => Named ?? (Expression() is { } expression ? Traversal.Read(expression, isArm: Tree.Syntax == TreeSyntax.Json) : null);

    /// <summary>What stands inside the marks of a template's expression.</summary>
    public TextSpan Inside(TextSpan part)
    {
        if (IsExpression)
        {
            return part;
        }

        var (start, end) = (part.Start + 2, part.End - 1);
        ReadOnlySpan<byte> blank = "~ \t\r\n"u8;
        while (start < end && blank.Contains(Tree.Source.Span[start]))
        {
            start++;
        }

        while (end > start && blank.Contains(Tree.Source.Span[end - 1]))
        {
            end--;
        }

        return TextSpan.FromBounds(start, end);
    }
}
