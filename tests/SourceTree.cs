namespace Cleat.Tests;

/// <summary>The source tree that the tests run from.</summary>
internal static class SourceTree
{
    /// <summary>Its folder: the one with the solution.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Cleat.slnx")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new InvalidOperationException("Cleat.slnx stands in no folder above the tests: run them from the source tree");
    }
}
