using Cleat.Text;

namespace Cleat.Trees.Braces;

/// <summary>Expressions taken apart: what stands between their marks, in their brackets and in their quotes.</summary>
internal ref partial struct BraceReader
{
    /// <summary>The mark of <c>??</c>.</summary>
    public const char Instead = '|';

    /// <summary>The pieces between the marks <c>?</c>, <c>:</c>, <c>,</c> and Bicep's <c>??</c> that stand in no bracket and no string, each with the mark behind it; null when a bracket or string does not end.</summary>
    public List<(TextSpan Piece, char Mark)>? Pieces()
    {
        List<(TextSpan Piece, char Mark)> pieces = [];
        SkipSpace(lines: true);
        var (start, end) = (at, at);
        while (Problem is null && SkipSpace(lines: true))
        {
            var mark = Mark();
            if (mark == '\0')
            {
                SkipToken();
                end = at;
                continue;
            }

            pieces.Add((TextSpan.FromBounds(start, end), mark));
            at += mark == Instead ? 2 : 1;
            SkipSpace(lines: true);
            (start, end) = (at, at);
        }

        pieces.Add((TextSpan.FromBounds(start, end), '\0'));
        return Problem is null ? pieces : null;
    }

    /// <summary>Where the expression ends that begins here.</summary>
    public int End() => SkipExpression(lineEnds: true, inFor: false);

    /// <summary>What stands inside of the quotes or brackets when the text from here is one string, list, parenthesis or call and nothing else; else null.</summary>
    /// <param name="opening">The quote or bracket.</param>
    /// <param name="name">What is called.</param>
    public TextSpan? Inside(out char opening, out string name)
    {
        SkipSpace(lines: true);
        name = Slice(Identifier());
        var start = at;
        opening = at < text.Length ? (char)text[at] : '\0';
        var marks = IsBicep && text[at..].StartsWith("'''"u8) ? 3 : 1;
        if (opening == quote && name.Length == 0)
        {
            SkipString();
        }
        else if (opening == '(' || (opening == '[' && name.Length == 0))
        {
            SkipBracket();
        }
        else
        {
            return null;
        }

        SkipSpace(lines: true);
        return Problem is null && at == text.Length ? TextSpan.FromBounds(start + marks, text.TrimEnd(" \t\r\n"u8).Length - marks) : null;
    }

    /// <summary>Where that begins which is selected from a list, an object or a call: <c>[0].image</c> behind <c>concat(…)</c>; null when the text is no such expression.</summary>
    public int? Selection()
    {
        SkipSpace(lines: true);
        var isNamed = Identifier().Length > 0;
        if (at >= text.Length || !(text[at] == '(' || (!isNamed && text[at] is (byte)'[' or (byte)'{')))
        {
            return null;
        }

        SkipBracket();
        return Problem is null && IsSelection() ? at : null;
    }

    // what is no mark: `.?` and `::`
    private readonly char Mark() => (char)text[at] switch
    {
        ',' => ',',
        ':' when !text[at..].StartsWith("::"u8) => ':',
        '?' when IsBicep && text[at..].StartsWith("??"u8) => Instead,
        '?' when at == 0 || text[at - 1] != '.' => '?',
        _ => '\0',
    };
}
