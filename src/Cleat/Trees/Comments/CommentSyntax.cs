namespace Cleat.Trees.Comments;

/// <summary>How comments and strings are written in a language, as far as telling one from the other needs.</summary>
/// <param name="Line">What starts a comment that ends with its line.</param>
/// <param name="Quotes">What starts and ends a string.</param>
/// <param name="Block">What opens and closes a comment that may run over lines, in that order; null where there is none.</param>
/// <param name="LongQuotes">True where three quotes in a row start a string over several lines.</param>
/// <param name="Heredocs">True where <c>&lt;&lt;WORD</c> starts text that ends at a line with that word.</param>
/// <param name="OwnLine">True where a comment has its line for itself: in a Dockerfile <c>#</c> behind an instruction is an argument.</param>
internal sealed record CommentSyntax(IReadOnlyList<string> Line, string Quotes, string[]? Block = null, bool LongQuotes = false, bool Heredocs = false, bool OwnLine = false)
{
    private static readonly string[] SlashStar = ["/*", "*/"];

    public static CommentSyntax Dockerfile { get; } = new(["#"], "", Heredocs: true, OwnLine: true);

    public static CommentSyntax Hcl { get; } = new(["#", "//"], "\"", Block: SlashStar, Heredocs: true);

    /// <summary>JSON as editors allow it, Bicep, Groovy, and the family of C.</summary>
    public static CommentSyntax Slashes { get; } = new(["//"], "\"'`", Block: SlashStar, LongQuotes: true);

    /// <summary>Shells, TOML, Starlark, Python, ini.</summary>
    public static CommentSyntax Hash { get; } = new(["#"], "\"'", LongQuotes: true);

    /// <summary>systemd.syntax(7): comments have their lines for themselves.</summary>
    public static CommentSyntax Unit { get; } = new(["#", ";"], "", OwnLine: true);

    public static CommentSyntax Xml { get; } = new([], "", Block: ["<!--", "-->"]);

    /// <summary>Its own comments, and those of what stands in its blocks of code.</summary>
    public static CommentSyntax Markdown { get; } = new(["#"], "", Block: ["<!--", "-->"]);

    /// <summary>The syntax of a tree; null for YAML, whose comments only its reader can tell from text.</summary>
    public static CommentSyntax? Of(TreeSyntax syntax) => syntax switch
    {
        TreeSyntax.Yaml => null,
        TreeSyntax.Toml => Hash,
        TreeSyntax.Hcl => Hcl,
        _ => Slashes,
    };
}
