namespace Cleat.Tests;

/// <summary>The source tree that the tests were built from.</summary>
internal static class Sources
{
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "Cleat.slnx")))
        {
            at = Path.GetDirectoryName(at) ?? throw new InvalidOperationException("Cleat.slnx stands in no folder above the tests");
        }

        return at;
    }
}
