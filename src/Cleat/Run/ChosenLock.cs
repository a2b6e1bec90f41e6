using Cleat.Findings;
using Cleat.Locking;
using Cleat.Registries;
using Cleat.Rewriting;

namespace Cleat.Run;

/// <summary>The lock that a plan was given.</summary>
internal static class ChosenLock
{
    /// <param name="path">Null for none.</param>
    /// <exception cref="CleatException">It cannot be read.</exception>
    public static LockFile? Read(string? path) => path is null ? null : LockFile.Read(path, out var wrong) ?? throw new CleatException(wrong!);

    /// <summary>Names every pin that is not what the lock says.</summary>
    /// <param name="moves">True for a pin that the plan moves.</param>
    public static void Compare(ChangeDraft draft, IReadOnlyList<Finding> findings, Func<Finding, bool>? moves = null)
    {
        if (draft.LockFile is not { } locked)
        {
            return;
        }

        foreach (var finding in findings)
        {
            if (ChangePermission.ToCompare(finding) is null && finding.In is { } file
                && PinMove.Tagged(file.Source, finding.Use) is { } tagged
                && locked[ResolutionKey.Of(tagged, null).Reference] is { } entry && !entry.Means(finding.Use.Reference!.Digest!.Value)
                && moves?.Invoke(finding) != true)
            {
                draft.Fail(finding, "lock", $"'{finding.Use.Text}' is not what {locked.Path} says: {entry.Digest}. Move both with `cleat update --lock {locked.Path}`, or make one like the other");
            }
        }
    }
}
