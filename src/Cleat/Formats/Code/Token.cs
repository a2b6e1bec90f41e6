using Cleat.Text;

namespace Cleat.Formats.Code;

internal enum TokenKind
{
    /// <summary>A name, a keyword or a number.</summary>
    Word,

    /// <summary>A string.</summary>
    Text,

    /// <summary>One punctuation character.</summary>
    Mark,

    /// <summary>The end of a line.</summary>
    Break,

    /// <summary>The end of the file; there is always one.</summary>
    End,
}

/// <summary>One token of a programming language.</summary>
/// <param name="Span">Its bytes; a string's without the quotes.</param>
/// <param name="Quote">What a string is quoted with: <c>'</c>, <c>"</c> or <c>/</c>; else 0.</param>
/// <param name="QuoteLength">How many bytes its closing quote takes: 1, or 3 for a string over several lines.</param>
internal readonly record struct Token(TokenKind Kind, TextSpan Span, byte Quote = 0, int QuoteLength = 0);

/// <summary>What differs between the languages whose calls and strings are read.</summary>
/// <param name="LineComment">What starts a comment that ends with its line.</param>
/// <param name="HasBlockComments"><c>/* … */</c>.</param>
/// <param name="HasSlashyText"><c>/…/</c> is a string where a value may stand, and <c>$/…/$</c>.</param>
/// <param name="HasExpressions">A string in double quotes may hold <c>${…}</c> with code, and so with strings, in it.</param>
internal sealed record CodeSyntax(string LineComment, bool HasBlockComments, bool HasSlashyText, bool HasExpressions)
{
    /// <summary>Groovy: Jenkinsfiles, Gradle.</summary>
    public static CodeSyntax Groovy { get; } = new("//", HasBlockComments: true, HasSlashyText: true, HasExpressions: true);

    /// <summary>Starlark: Bazel, Tilt.</summary>
    public static CodeSyntax Starlark { get; } = new("#", HasBlockComments: false, HasSlashyText: false, HasExpressions: false);
}
