using Cleat.Formats;
using Cleat.Uses;

namespace Cleat.Rewriting;

/// <summary>Reads a rewritten file again: it must hold exactly the same references with exactly the intended digests.</summary>
internal static class Confirmation
{
    /// <summary>Why the new file must not be written, or null when all is as intended.</summary>
    public static string? Refusal(UseSink before, UseSink after, IReadOnlyDictionary<ImageUse, PlannedChange> changes)
    {
        if (after.Uses.Count != before.Uses.Count || after.Problems.Count != before.Problems.Count)
        {
            return $"the file would read differently afterwards ({before.Uses.Count} references before, {after.Uses.Count} after)";
        }

        // a split field's use moves to its new digest, so the order of the file may change; its path does not
        foreach (var (old, now) in before.Uses.OrderBy(u => u.Path, StringComparer.Ordinal).Zip(after.Uses.OrderBy(u => u.Path, StringComparer.Ordinal)))
        {
            var wrong = changes.TryGetValue(old, out var change)
                ? change.Digest is { } digest ? !IsPinnedTo(now, digest.ToString()) : now.Verdict == Verdict.Pinned
                : now.Verdict != old.Verdict || (now.Text != old.Text && !IsNoImageStill(old, now));
            if (wrong || !now.Steps.Equals(old.Steps) || now.Format != old.Format || !(SameName(old, now, change?.NewTag) || IsBareName(old, now, change)))
            {
                return $"'{old.Text}' at {old.Path} would read '{now.Text}' at {now.Path} afterwards";
            }
        }

        return null;
    }

    // a text whose default was pinned, and which another file's value replaces
    private static bool IsNoImageStill(ImageUse old, ImageUse now) => old.Verdict == Verdict.NotAnImage && now.Problem == old.Problem;

    private static bool IsPinnedTo(ImageUse use, string digest) =>
        use.Verdict == Verdict.Pinned && (use.Reference is null ? use.Text.EndsWith("@" + digest, StringComparison.Ordinal) : use.Reference.Digest?.ToString() == digest);

    // without its digest an entry of a kustomization may set nothing any more: it is a name only, and no reference
    private static bool IsBareName(ImageUse old, ImageUse now, PlannedChange? change) =>
        change is { Digest: null } && now.Reference is null && old.Reference is { Tag: null } && now.Text == old.Text.Split('@')[0];

    private static bool SameName(ImageUse old, ImageUse now, string? newTag) =>
        (old.Reference?.Registry, old.Reference?.Repository) == (now.Reference?.Registry, now.Reference?.Repository)
        && (newTag is not null ? now.Reference?.Tag == newTag : old.Reference?.Tag is not { } tag || now.Reference?.Tag is null || now.Reference.Tag == tag);
}
