namespace Cleat.Cli.Verbs;

/// <summary>Standard input has no name to say what it is: where nothing is found in it, this says how it was read, and how it might be.</summary>
internal static class StdinHint
{
    /// <summary>What it is called where <c>--stdin-name</c> says nothing: it is read as YAML or JSON of a kind that its keys tell.</summary>
    public const string UsualName = "stdin.yaml";

    private static readonly string[] Names = ["Dockerfile", "compose.yaml", ".github/workflows/ci.yaml", ".gitlab-ci.yml", "main.tf", "values.yaml"];

    /// <summary>The hint; null when there is nothing to say.</summary>
    public static string? Of(string name, byte[] text, ImageTree tree, Report report)
    {
        if (report.Findings.Any(f => f.File == name) || report.Errors.Any(e => e.File == name) || (name != UsualName && tree.Reads(name)))
        {
            return null;
        }

        var likely = Names.Select(n => (Name: n, Uses: ImageTree.OfText(n, text).Judge().Findings.Count)).MaxBy(n => n.Uses);
        return likely.Uses > 0 ? $"standard input was read as {name} and names no image so; it looks like a {likely.Name}: --stdin-name {likely.Name}"
            : $"standard input was read as {name} and names no image so; --stdin-name NAME says what it is, such as Dockerfile";
    }
}
