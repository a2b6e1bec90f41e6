using Cleat.References;

namespace Cleat.Registries;

/// <summary>What a registry, or another source, answered when it was asked what a tag means. A closed union: failures are data.</summary>
internal abstract record Resolution
{
    private Resolution()
    {
    }

    /// <summary>Which failure it is and what the source said, in one line; for a success the digest.</summary>
    public string Describe() => this switch
    {
        Resolved r => r.Digest.ToString(),
        Listed r => $"{r.Tags.Count} tags",
        NotFound r => $"not found: {r.Message}",
        Denied r => $"denied: {r.Message}",
        RateLimited r => $"rate-limited: {r.Message}",
        Unreachable r => $"unreachable: {r.Message}",
        Refused r => $"refused: {r.Message}",
        _ => "",
    };

    /// <summary>The same with something more to say: behind the note of a success, else behind the message.</summary>
    /// <param name="note">Null to leave it as it is.</param>
    internal Resolution WithNote(string? note) => note is null ? this : this switch
    {
        Resolved r => r with { Note = r.Note is null ? note : $"{r.Note}; {note}" },
        NotFound r => r with { Message = $"{r.Message}; {note}" },
        Denied r => r with { Message = $"{r.Message}; {note}" },
        RateLimited r => r with { Message = $"{r.Message}; {note}" },
        Unreachable r => r with { Message = $"{r.Message}; {note}" },
        Refused r => r with { Message = $"{r.Message}; {note}" },
        _ => this,
    };

    /// <summary>The reference means this digest.</summary>
    /// <param name="Digest">Of the index where the tag is one; of the platform's manifest when a platform was asked for.</param>
    /// <param name="MediaType">As the source said.</param>
    /// <param name="Verified">True when the manifest's bytes were hashed here; false when the registry's header was believed.</param>
    /// <param name="Note">Something worth saying although it worked (stale credentials were left out), or null.</param>
    /// <param name="Manifest">What it holds, where <see cref="IDigestSource.ReadAsync"/> was asked; else null.</param>
    public sealed record Resolved(Digest Digest, string MediaType, bool Verified, string? Note = null, ImageManifest? Manifest = null) : Resolution;

    /// <summary>The repository's tags, in the order of the source.</summary>
    public sealed record Listed(IReadOnlyList<string> Tags) : Resolution;

    /// <summary>The source does not have it.</summary>
    public sealed record NotFound(string Message) : Resolution;

    /// <summary>Credentials are missing or were refused.</summary>
    public sealed record Denied(string Message) : Resolution;

    /// <summary>The registry asks to come back later.</summary>
    public sealed record RateLimited(string Message, TimeSpan? RetryAfter) : Resolution;

    /// <summary>No answer: DNS, TLS, reset, stall, time limit, 5xx to the end.</summary>
    public sealed record Unreachable(string Message) : Resolution;

    /// <summary>It answered with something that must not be used: a wrong digest, a manifest type without stable digest, a redirect loop, too much.</summary>
    public sealed record Refused(string Message) : Resolution;
}

/// <summary>Where digests come from: a registry, or a folder in its place.</summary>
internal interface IDigestSource
{
    /// <summary>What the reference's tag means now (a digest in it is left aside).</summary>
    /// <param name="platform"><c>os/arch[/variant]</c> for that platform's manifest; null for what the tag itself names.</param>
    /// <exception cref="OperationCanceledException">The caller gave up. Nothing else is thrown for what a source may do.</exception>
    Task<Resolution> ResolveAsync(ImageReference reference, string? platform, CancellationToken cancellation);

    /// <summary>True when <see cref="ReadAsync"/> can answer.</summary>
    bool HasManifests => false;

    /// <summary>Fetches and hashes what the reference's digest names, or its tag where it has none, and says what it holds.</summary>
    /// <param name="config">True to read a single image's config, too.</param>
    /// <returns>A success has its <see cref="Resolution.Resolved.Manifest"/>.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up. Nothing else is thrown for what a source may do.</exception>
    Task<Resolution> ReadAsync(ImageReference reference, bool config, CancellationToken cancellation) =>
        Task.FromResult<Resolution>(new Resolution.Refused($"{reference.WithoutDigest}: this source says digests only, it has no manifests"));
}
