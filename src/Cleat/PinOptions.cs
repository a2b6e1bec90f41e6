namespace Cleat;

/// <summary>How pins are planned.</summary>
public sealed record PinOptions
{
    /// <summary>How a pin is written; null for what the config says, else <see cref="PinStyle.TagDigest"/>.</summary>
    public PinStyle? Style { get; init; }

    /// <summary><c>os/arch[/variant]</c>: the digest of that platform's image, where a place does not want one itself. Null for what the config says, else the digest of what the tag names.</summary>
    public string? Platform { get; init; }

    /// <summary>Only these images, and what lies below: <c>nginx</c>, <c>ghcr.io/owner</c>; empty for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Not these images, nor what lies below.</summary>
    public IReadOnlyList<string> Skip { get; init; } = [];

    /// <summary>A lock: what it has is taken from it, what it lacks is resolved and added when the plan is written. Null for none.</summary>
    public string? Lock { get; init; }

    /// <summary>Only images with such a signature; null for all.</summary>
    public RequiredSignature? Signature { get; init; }

    /// <summary>Hears how many of the distinct references are resolved.</summary>
    public IProgress<(int Done, int Total)>? Progress { get; init; }
}

/// <summary>Which digests are taken out again.</summary>
public sealed record UnpinOptions
{
    /// <inheritdoc cref="PinOptions.Only"/>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <inheritdoc cref="PinOptions.Skip"/>
    public IReadOnlyList<string> Skip { get; init; } = [];
}

/// <summary>What an update moves a pin to.</summary>
public enum UpdateReach
{
    /// <summary>What its tag means now.</summary>
    Digest,

    /// <summary>The newest tag of the same shape with the same first two numbers.</summary>
    Patch,

    /// <summary>The newest tag of the same shape with the same first number.</summary>
    Minor,

    /// <summary>The newest tag of the same shape.</summary>
    Major,
}

/// <summary>How updates of pins are planned. A pin keeps the style it is written in.</summary>
public sealed record UpdateOptions
{
    /// <summary>What pins move to. Where there is no newer tag that may be moved to, what the own tag means now.</summary>
    public UpdateReach To { get; init; }

    /// <summary>True to move to images that do not say when they were made, whatever the least age.</summary>
    public bool Undated { get; init; }

    /// <summary>Do not move to an image younger than this, by the time in its config; null for what the config says, else any age.</summary>
    public TimeSpan? MinAge { get; init; }

    /// <summary>Do not move when nothing changed for these platforms, <c>os/arch[/variant]</c>; empty for all.</summary>
    public IReadOnlyList<string> PlatformsInUse { get; init; } = [];

    /// <summary>Only these images, and what lies below: <c>nginx</c>, <c>ghcr.io/owner</c>; empty for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Not these images, nor what lies below.</summary>
    public IReadOnlyList<string> Skip { get; init; } = [];

    /// <summary>The platform of a pin whose image is gone from the registry; null for what the config says.</summary>
    public string? Platform { get; init; }

    /// <summary>A lock that is renewed with what the tags mean now; null for none.</summary>
    public string? Lock { get; init; }

    /// <inheritdoc cref="PinOptions.Signature"/>
    public RequiredSignature? Signature { get; init; }

    /// <inheritdoc cref="PinOptions.Progress"/>
    public IProgress<(int Done, int Total)>? Progress { get; init; }
}

/// <summary>How pins are verified.</summary>
public sealed record VerifyOptions
{
    /// <summary>False to leave a manifest unread whose tag still means it: no pull quota is used for those.</summary>
    public bool ReadAll { get; init; } = true;

    /// <summary>A lock, for what it knows of tags; null for none.</summary>
    public string? Lock { get; init; }

    /// <summary>A signature that every pinned image must have; null for none.</summary>
    public RequiredSignature? Signature { get; init; }

    /// <inheritdoc cref="PinOptions.Progress"/>
    public IProgress<(int Done, int Total)>? Progress { get; init; }
}
