using Cleat.References;
using Cleat.Registries;

namespace Cleat;

/// <summary>What a tag means now, or why that is not known.</summary>
public sealed record ResolvedTag
{
    /// <summary>The reference that was asked for.</summary>
    public required ImageReference Reference { get; init; }

    /// <summary>The platform that was asked for; null for what the tag itself names.</summary>
    public string? Platform { get; init; }

    /// <summary>Null when it is not known.</summary>
    public Digest? Digest { get; init; }

    /// <summary>Of what the digest names, as the source said.</summary>
    public string? MediaType { get; init; }

    /// <summary>True when the manifest's bytes were hashed here; false when the registry's header was believed.</summary>
    public bool IsVerified { get; init; }

    /// <summary>The images of an index, or the one that it is; null when that was not asked.</summary>
    public IReadOnlyList<ImageChild>? Images { get; init; }

    /// <summary>Something worth saying although it worked, or null.</summary>
    public string? Note { get; init; }

    /// <summary>Why it is not known, one line that begins with the kind of failure (<c>not found: …</c>, <c>denied: …</c>); null when it is known.</summary>
    public string? Problem { get; init; }

    /// <summary>The kind of <see cref="Problem"/>; null when it is known.</summary>
    public ResolveFailure? Failure { get; init; }

    internal static ResolvedTag Of(ImageReference reference, string? platform, Resolution answer) => answer is not Resolution.Resolved found
        ? new() { Reference = reference, Platform = platform, Problem = answer.Describe(), Failure = FailureOf(answer) }
        : new()
        {
            Reference = reference,
            Platform = platform,
            Digest = found.Digest,
            MediaType = found.MediaType,
            IsVerified = found.Verified,
            Images = found.Manifest is { } manifest ? manifest.Children ?? [new(found.Digest, found.MediaType, manifest.Config?.Platform, 0)] : null,
            Note = found.Note,
        };

    private static ResolveFailure FailureOf(Resolution answer) => answer switch
    {
        Resolution.NotFound => ResolveFailure.NotFound,
        Resolution.Denied => ResolveFailure.Denied,
        Resolution.RateLimited => ResolveFailure.RateLimited,
        Resolution.Unreachable => ResolveFailure.Unreachable,
        _ => ResolveFailure.Refused,
    };
}
