namespace Cleat.Files;

/// <summary>
/// Whether only this user and root can change what lies at a path, as sshd judges the files that it believes (sshd_config(5), StrictModes): every
/// level up to the root belongs to one of the two, and nobody else may write it.
/// </summary>
internal static class PathTrust
{
    private const uint WrittenByOthers = 0x12; // 022
    private const uint Sticky = 0x200; // 01000: in such a folder only the owner of an entry may replace it

    /// <param name="fullPath">It need not be there; what is there of it is judged.</param>
    /// <param name="below">A folder above it that was judged before, where the levels end; null for all.</param>
    /// <returns>Which level others may change, and how; null for none.</returns>
    public static string? Problem(string fullPath, string? below = null) =>
        OfLevels(fullPath, below) ?? (below is null && Real(fullPath) is { } real && real != fullPath ? OfLevels(real, null) : null);

    private static string? OfLevels(string path, string? below)
    {
        for (var level = path; level is not null && level != below; level = Path.GetDirectoryName(level))
        {
            if (!NativeMethods.TryStatus(level, follow: false, out var status))
            {
                if (NativeMethods.Error == NativeMethods.NoEntry)
                {
                    continue;
                }

                return $"{level} cannot be judged: {NativeMethods.ErrorText}";
            }

            if (status.User != 0 && status.User != NativeMethods.UserId)
            {
                return $"{level} belongs to another user";
            }

            // the mode of a link says nothing
            if (status.Kind != FileKind.Link && (status.Mode & WrittenByOthers) != 0 && (level == path || (status.Mode & Sticky) == 0))
            {
                return $"{level} may be written by others: chmod go-w {level}";
            }
        }

        return null;
    }

    // of what is there: the rest is not made yet
    private static string? Real(string path)
    {
        string? at = path;
        while (at is not null && NativeMethods.RealPath(at) is null)
        {
            at = Path.GetDirectoryName(at);
        }

        return at is null ? null : NativeMethods.RealPath(at) is { } real ? Path.Join(real, path[at.Length..]) : null;
    }
}
