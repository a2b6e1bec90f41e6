using Cleat.Locking;
using Cleat.References;
using Cleat.Registries;

namespace Cleat.Run;

/// <summary>What a plan asks registries: a lock in front of them where there is one.</summary>
internal sealed class Questions
{
    private readonly Resolver resolver;
    private readonly IProgress<(int Done, int Total)>? progress;
    private readonly LockedDigests? locked;
    private readonly SignatureCheck? signatures;

    /// <param name="registry">Null to take digests from the lock alone.</param>
    /// <param name="renew">True to ask for everything anew, and to renew the lock.</param>
    /// <param name="tolerant">True when an older answer will do where a registry gives none, because its note is passed on.</param>
    /// <exception cref="CleatException">There is nobody to ask.</exception>
    public Questions(RegistryClient? registry, LockFile? lockFile, RequiredSignature? signature, IProgress<(int Done, int Total)>? progress, bool renew = false, bool tolerant = true)
    {
        this.progress = progress;
        if (registry is null && lockFile is not { Old: not null })
        {
            throw new CleatException(lockFile is null ? "there is neither a registry nor a lock to take digests from" : $"there is no {lockFile.Path} to take digests from");
        }

        ResolverOptions limits = registry is null ? new() : new() { TotalTime = registry.Timeout };
        var asked = tolerant ? registry?.Tolerant : registry?.Digests;
        locked = lockFile is null ? null : new(lockFile, asked, registry?.Name ?? "", renew);
        Digests = new TimeLimitedSource(locked ?? asked!, limits.TotalTime);
        resolver = new(locked ?? asked!, limits);
        signatures = signature is null ? null : new(signature.Cosign, host => registry?.SpeaksPlainHttp(host) == true);
    }

    /// <summary>For questions about manifests.</summary>
    public IDigestSource Digests { get; }

    /// <summary>The lock with what was learnt; null without one.</summary>
    /// <param name="without">Tags, in full: what they mean now is not to be taken for what the files say.</param>
    public LockFile? GrownLock(IReadOnlySet<string>? without = null) => without is null ? locked?.Grown : locked?.GrownWithout(without);

    /// <summary>What each reference means now, or why that is not known.</summary>
    public Task<IReadOnlyDictionary<ResolutionKey, Resolution>> ResolveAsync(IEnumerable<(ImageReference Reference, string? Platform)> wanted, CancellationToken cancellation) =>
        resolver.ResolveAllAsync([.. wanted], progress, cancellation);

    /// <summary>The answers, with a refusal in place of each whose image has not the signature.</summary>
    public Task<IReadOnlyDictionary<ResolutionKey, Resolution>> OnlySignedAsync(IReadOnlyDictionary<ResolutionKey, Resolution> resolved, CancellationToken cancellation) =>
        signatures?.OnlySignedAsync(resolved, cancellation) ?? Task.FromResult(resolved);

    /// <summary>Why the image has not the signature that is required; null when it has, or none is.</summary>
    public Task<string?> SignatureProblemAsync(ImageReference reference, Digest digest, CancellationToken cancellation) =>
        signatures?.ProblemAsync(reference, digest, cancellation) ?? Task.FromResult<string?>(null);
}
