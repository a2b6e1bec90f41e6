namespace Cleat.Cli;

/// <summary>Where the documentation lies.</summary>
internal static class Docs
{
    public const string Home = "https://github.com/cleat-dev/cleat";

    public const string Pages = Home + "/tree/main/docs";

    /// <summary>The page of a rule.</summary>
    public static string Rule(string name) => $"{Home}/blob/main/docs/rules/{name}.md";
}
