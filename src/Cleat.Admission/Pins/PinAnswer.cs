namespace Cleat.Admission.Pins;

/// <summary>Why an image could not be pinned. Their names are the causes in metrics.</summary>
internal enum PinCause
{
    /// <summary>The text is no reference.</summary>
    Malformed,

    /// <summary>The registry does not have it.</summary>
    NotFound,

    /// <summary>The registry refuses these credentials.</summary>
    Denied,

    RateLimited,

    Unreachable,

    /// <summary>The registry's answer must not be used.</summary>
    Refused,

    /// <summary>The review's time ran out.</summary>
    Timeout,

    /// <summary>Too many questions for this registry, or by reviews that nothing vouches for.</summary>
    Budget,

    /// <summary>A fault of this program.</summary>
    Internal,
}

/// <summary>Where a digest was taken from. Their names are in metrics.</summary>
internal enum PinSource
{
    /// <summary>The registry, now or a few seconds ago.</summary>
    Registry,

    /// <summary>What this revision got before.</summary>
    Ledger,

    /// <summary>What the registry said some time ago, because it gives no answer now.</summary>
    Stale,

    /// <summary>What the object had before this update took its digest away.</summary>
    Before,
}

/// <summary>A digest, or why there is none.</summary>
/// <param name="Digest">As text, <c>sha256:…</c>; null when there is none.</param>
/// <param name="Message">Of what has no digest: what to read in a warning, behind the image's name. Of what is stale: why, and how old.</param>
internal sealed record PinAnswer(string? Digest, PinSource Source, PinCause Cause, string? Message)
{
    /// <summary>When the registry was asked, in ticks of the clock; 0 for what no registry said.</summary>
    public long At { get; init; }

    public static PinAnswer Of(string digest, PinSource source, string? message = null) => new(digest, source, default, message);

    public static PinAnswer Failed(PinCause cause, string message) => new(null, default, cause, message);
}
