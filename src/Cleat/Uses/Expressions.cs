using Cleat.Text;

namespace Cleat.Uses;

/// <summary>
/// Finds the variables and template expressions in a text:
/// <c>$X</c> and <c>${X:-d}</c> (shell, Compose, Terraform), <c>$(params.x)</c> (Tekton, Azure), <c>$[x]</c> (Azure),
/// <c>{{ .Values.x }}</c> (Helm, Argo), <c>${{ inputs.x }}</c> (GitHub), <c>&lt;% x %&gt;</c> (ERB, Jinja lines), <c>&lt;&lt; x &gt;&gt;</c> (CircleCI),
/// <c>#{x}</c> (Ruby, Octopus), <c>%{ x }</c> (Terraform), <c>((x))</c> (Concourse), <c>@X@</c> and <c>%%X%%</c> (files that a build fills in).
/// None of the openings can stand in a reference, but for the <c>@</c>.
/// </summary>
internal static class Expressions
{
    // the longer opening of two that begin alike stands first
    private static readonly (string Open, string Close)[] Brackets =
    [
        ("${{", "}}"), ("${", "}"), ("$(", ")"), ("$[", "]"), ("{{", "}}"), ("<%", "%>"), ("<<", ">>"), ("#{", "}"), ("%{", "}"), ("((", "))"),
    ];

    /// <summary>Every expression from left to right; what stands inside another is part of it.</summary>
    /// <param name="unclosed">The opening of an expression that does not end, or null; the search stops there.</param>
    public static IReadOnlyList<TextSpan> Find(string text, out TextSpan? unclosed)
    {
        List<TextSpan> found = [];
        unclosed = null;
        for (var i = 0; i < text.Length;)
        {
            var end = End(text, i, out var open);
            if (end < 0)
            {
                unclosed = new TextSpan(i, open);
                break;
            }

            if (end > i)
            {
                found.Add(TextSpan.FromBounds(i, end));
            }

            i = int.Max(end, i + 1);
        }

        return found;
    }

    /// <summary>True for the template languages whose actions can leave out or join the text around them.</summary>
    public static bool IsTemplate(string text, TextSpan expression) => text[expression.Start] is '{' or '<' || (text[expression.Start] == '%' && text[expression.Start + 1] != '%');

    // the end of the expression that begins at `start`, `start` itself when none does, -1 when it is not closed
    private static int End(string text, int start, out int open)
    {
        open = 0;
        if (text[start] is not ('$' or '{' or '<' or '#' or '%' or '(' or '@'))
        {
            return start;
        }

        if (text[start] == '@')
        {
            return Placeholder(text, start, "@");
        }

        if (text.AsSpan(start).StartsWith("%%"))
        {
            return Placeholder(text, start, "%%");
        }

        foreach (var (opening, closing) in Brackets)
        {
            if (text.AsSpan(start).StartsWith(opening, StringComparison.Ordinal))
            {
                open = opening.Length;
                return closing.Length == 1
                    ? Balanced(text, start + open, opening[^1], closing[0])
                    : text.IndexOf(closing, start + open, StringComparison.Ordinal) is var at and >= 0 ? at + closing.Length : -1;
            }
        }

        var stop = start + 1;
        while (text[start] == '$' && stop < text.Length && (char.IsAsciiLetterOrDigit(text[stop]) || text[stop] == '_'))
        {
            stop++;
        }

        return stop == start + 1 ? start : stop;
    }

    // a name between two marks. A digest is never behind the start, a colon or a slash, and never looks like an upper-case name that another '@' ends
    private static int Placeholder(string text, int start, string mark)
    {
        var end = start + mark.Length;
        var anyCase = mark != "@" || start == 0 || text[start - 1] is ':' or '/';
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '_' || (anyCase ? char.IsAsciiLetter(text[end]) : char.IsAsciiLetterUpper(text[end]))))
        {
            end++;
        }

        return end > start + mark.Length && string.CompareOrdinal(text, end, mark, 0, mark.Length) == 0 ? end + mark.Length : start;
    }

    // ${A:-${B}} ends at the last brace
    private static int Balanced(string text, int start, char open, char close)
    {
        var depth = 1;
        for (var i = start; i < text.Length; i++)
        {
            depth += text[i] == open ? 1 : text[i] == close ? -1 : 0;
            if (depth == 0)
            {
                return i + 1;
            }
        }

        return -1;
    }
}
