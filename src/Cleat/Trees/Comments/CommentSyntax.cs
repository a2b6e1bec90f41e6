using Cleat.Formats.Dockerfile;

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

    /// <summary>The syntax of a file by its name; null for YAML, and for what is read as YAML because its name says nothing.</summary>
    /// <param name="first">The first byte that is no white space.</param>
    public static CommentSyntax? Of(string path, byte first)
    {
        var name = path.AsSpan()[(path.LastIndexOf('/') + 1)..];
        if (DockerfileFormat.ClaimsName(name))
        {
            return Dockerfile;
        }

        return name[(name.LastIndexOf('.') + 1)..] switch
        {
            "yaml" or "yml" => null,
            "md" or "markdown" => Markdown,
            "tf" or "tofu" or "tfvars" or "hcl" or "nomad" or "jsonnet" or "libsonnet" => Hcl,
            "json" or "jsonc" or "json5" or "bicep" or "bicepparam" or "groovy" or "gradle" or "kt" or "kts" or "java" or "scala" or "cs" or "go" or "js" or "mjs" or "cjs"
                or "ts" or "tsx" or "cue" or "pkl" or "rs" or "swift" or "jenkinsfile" or "Jenkinsfile" => Slashes,
            "toml" or "bzl" or "bazel" or "star" or "py" or "sh" or "bash" or "ini" or "cfg" or "conf" or "env" or "mk" or "rb" or "bzlmod" or "earth" => Hash,
            "container" or "image" or "pod" or "kube" or "volume" or "build" or "network" or "service" => Unit,
            _ when name.StartsWith("Jenkinsfile", StringComparison.Ordinal) => Slashes,
            "BUILD" or "WORKSPACE" or "Tiltfile" or "Makefile" or "Earthfile" or "Vagrantfile" => Hash,
            _ when first == '<' => Xml,
            _ => first is (byte)'{' or (byte)'[' ? Slashes : null,
        };
    }
}
