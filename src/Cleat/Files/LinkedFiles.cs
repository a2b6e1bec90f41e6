namespace Cleat.Files;

/// <summary>The links to files that a walk came upon: which of them are to be read.</summary>
internal static class LinkedFiles
{
    /// <param name="links">In any order: they are followed in the order of their names, so that the same one wins each time.</param>
    /// <param name="seen">Real paths of the files that come under their own names; those found here are added.</param>
    /// <returns>The links whose targets lie in a named folder and do not come otherwise.</returns>
    public static List<WalkedFile> Follow(
        IEnumerable<WalkedFile> links, WalkArguments arguments, HashSet<string> seen, Action<string, string> error)
    {
        List<WalkedFile> followed = [];
        foreach (var link in links.OrderBy(link => link.FullPath, StringComparer.Ordinal))
        {
            var target = NativeMethods.RealPath(link.FullPath);
            if (target is null)
            {
                error(link.Path, NativeMethods.Error switch
                {
                    NativeMethods.NoEntry => "the link leads nowhere",
                    NativeMethods.TooManyLinks => "the links lead in a circle",
                    _ => NativeMethods.ErrorText,
                });
            }
            else if (arguments.Folders.Exists(folder => IsInside(folder.RealPath, target))
                && NativeMethods.TryStatus(target, follow: false, out var status)
                && status.Kind == FileKind.File
                && seen.Add(target))
            {
                followed.Add(link);
            }
        }

        return followed;
    }

    private static bool IsInside(string realRoot, string target) =>
        RealRoot.Contains(realRoot, target) && !target.AsSpan(realRoot.Length).Contains("/.git/", StringComparison.Ordinal);
}
