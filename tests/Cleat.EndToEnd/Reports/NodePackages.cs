namespace Cleat.EndToEnd.Reports;

/// <summary>What <c>tests/tools/node</c> takes from the npm registry.</summary>
internal static class NodePackages
{
    public static string Folder { get; } = Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? "/root", ".cache", "cleat-node");
}
