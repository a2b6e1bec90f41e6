namespace Cleat.Files;

/// <summary>Whether a path lies in a folder, links resolved.</summary>
internal static class RealRoot
{
    /// <param name="root">A folder; links in it are resolved here.</param>
    /// <param name="realPath">A path without links.</param>
    public static bool Holds(string root, string realPath) => NativeMethods.RealPath(root) is { } real && Contains(real, realPath);

    /// <summary>The same for a root that is known to hold no links. A folder contains itself.</summary>
    public static bool Contains(string realRoot, string realPath) =>
        realPath.StartsWith(realRoot, StringComparison.Ordinal)
        && (realPath.Length == realRoot.Length || realRoot.EndsWith('/') || realPath[realRoot.Length] == '/');
}
