using Cleat.Findings;
using Cleat.References;

namespace Cleat;

/// <summary>An image whose tag means another digest than its pin, and what becomes of the pin.</summary>
public sealed record ImageUpdate
{
    /// <summary>In full, with the tag: <c>docker.io/library/nginx:1.27</c>.</summary>
    public required string Image { get; init; }

    /// <summary>The newer tag that it moves to; null when it stays with its own.</summary>
    public string? NewTag { get; init; }

    /// <summary>The one platform that the pin is for, or null.</summary>
    public string? Platform { get; init; }

    public required Digest From { get; init; }

    /// <summary>What the tag means now, on that platform where there is one.</summary>
    public required Digest To { get; init; }

    /// <summary>Why it stays all the same; null when it moves.</summary>
    public string? HeldBack { get; init; }

    /// <summary>When the new image was made; null when it does not say.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Bytes of the new image as they are pulled; 0 when that is not known.</summary>
    public long Size { get; init; }

    /// <summary>The same of the old one.</summary>
    public long OldSize { get; init; }

    /// <summary>Something worth saying of the move, or null.</summary>
    internal string? Note { get; init; }

    /// <summary>Where it is pinned.</summary>
    public required IReadOnlyList<Finding> Places { get; init; }

    /// <summary>Of the images that move those places alone that change; what is held back stays.</summary>
    internal static IReadOnlyList<ImageUpdate> In(IReadOnlyList<ImageUpdate> updates, IReadOnlyList<FileChange> changes)
    {
        HashSet<Finding> changed = new(changes.SelectMany(c => c.Planned.Keys), ReferenceEqualityComparer.Instance as IEqualityComparer<Finding>);
        return [.. updates.Select(u => u.HeldBack is null ? u with { Places = [.. u.Places.Where(changed.Contains)] } : u).Where(u => u.Places.Count > 0)];
    }
}
