using System.Collections.Concurrent;
using Cleat.Files;
using Cleat.References;
using Cleat.Registries;
using Cleat.Registries.Cache;
using Cleat.Registries.Client;
using Cleat.Run;

namespace Cleat;

/// <summary>Where digests come from: the registries, or a file or folder in their place. Safe for many callers at once; each distinct reference is asked for once.</summary>
public sealed class RegistryClient : IDisposable
{
    // what is forgotten signs in again
    private const int MostUsers = 1024;

    private readonly RegistryApi? api;
    private readonly ConcurrentDictionary<(string Registry, RegistryCredential Credential), RegistryApi> users = new();
    private readonly RegistrySettings settings;

    /// <exception cref="CleatException">A certificate file cannot be read.</exception>
    public RegistryClient(RegistrySettings settings)
    {
        this.settings = settings;
        Name = "registry";
        api = new(settings.Options());
        if (api.Problem is { } wrong)
        {
            api.Dispose();
            throw new CleatException(wrong);
        }

        Problem = settings.Problem;
        Digests = api;
        Tolerant = api;
        if (settings.CacheTime is { } time)
        {
            if (CacheFolder.OfUser(UserEnvironment.Variable, out var problem) is { } folder)
            {
                CacheScope scope = new(settings.Options(), UserEnvironment.Variable);
                Digests = new DiskCache(api, folder, time, scope.Of, settings.Verify);
                Tolerant = new DiskCache(api, folder, time, scope.Of, settings.Verify, standsIn: true);
            }

            Problem = Problem is null || problem is null ? Problem ?? problem : $"{Problem}; {problem}";
        }

        Resolver = new(Digests, new ResolverOptions { TotalTime = settings.Timeout });
    }

    private RegistryClient(IDigestSource saved, string name, RegistrySettings settings, RegistryApi? asked = null)
    {
        api = asked;
        this.settings = settings;
        Name = name;
        Digests = saved;
        Tolerant = saved;
        Resolver = new(saved, new ResolverOptions { TotalTime = settings.Timeout });
    }

    /// <summary>What was wrong with the stored settings or the cache, or null; what is asked goes on without them.</summary>
    public string? Problem { get; }

    /// <summary>The hosts that are asked, seen now, by name; empty for what stands in the registries' place.</summary>
    public IReadOnlyList<HostTraffic> Hosts => api?.Traffic.Now ?? [];

    /// <summary>What a lock says of where its entries are from.</summary>
    internal string Name { get; }

    internal IDigestSource Digests { get; }

    /// <summary>The same, but what an earlier run was told stands in where a registry gives no answer: for those who pass its notes on.</summary>
    internal IDigestSource Tolerant { get; }

    internal Resolver Resolver { get; }

    internal TimeSpan Timeout => settings.Timeout;

    /// <summary>A file or folder in the registries' place, told apart by what it is, not by its name.</summary>
    /// <param name="place">An OCI layout folder, a tarball of one (<c>docker save</c>'s too), a tag document of Docker Hub, a <c>cleat.lock</c>, or the word <c>docker</c>: what a Docker engine has pulled.</param>
    /// <param name="timeout">For all that one call asks; null for ten minutes.</param>
    /// <param name="confirmedBy">How registries are asked whether they have what an engine says, since an engine has digests of what was only built, too; null to take its word.</param>
    /// <exception cref="CleatException">It is none of them.</exception>
    public static RegistryClient From(string place, TimeSpan? timeout = null, RegistrySettings? confirmedBy = null)
    {
        RegistrySettings settings = (confirmedBy ?? new()) with { Timeout = timeout ?? confirmedBy?.Timeout ?? new RegistrySettings().Timeout };
        if (confirmedBy is null || place != SavedDigests.Engine)
        {
            return new(SavedDigests.Open(place, settings.Timeout, null), place, settings);
        }

        RegistryApi api = new(settings.Options());
        try
        {
            return new(SavedDigests.Open(place, settings.Timeout, api.Problem is { } wrong ? throw new CleatException(wrong) : api), place, settings, api);
        }
        catch
        {
            api.Dispose();
            throw;
        }
    }

    /// <summary>Resolves references: what each one's tag means now, whatever digest it has.</summary>
    /// <param name="platform"><c>os/arch[/variant]</c> for that platform's image; null for what the tag itself names.</param>
    /// <param name="images">True to fetch what each tag names and to say which images it holds; <paramref name="platform"/> is then left aside.</param>
    /// <param name="progress">Hears how many of the distinct references are resolved.</param>
    /// <returns>An answer for each, in their order. Failures are answers, too.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<IReadOnlyList<ResolvedTag>> ResolveAsync(
        IReadOnlyList<ImageReference> references, string? platform = null, bool images = false, IProgress<(int Done, int Total)>? progress = null, CancellationToken cancellation = default)
    {
        platform = images ? null : platform;
        var answers = images
            ? await ManifestReads.RunAsync(new TimeLimitedSource(Digests, Timeout), references, config: false, cancellation)
            : await Resolver.ResolveAllAsync(references.Select(r => (r, platform)), progress, cancellation);
        return [.. references.Select(r => ResolvedTag.Of(r, platform, answers[ResolutionKey.Of(r, platform)]))];
    }

    /// <summary>
    /// Asks now what one reference's tag means, for a program that lives long: the answer is not remembered, and nobody else's is shared. Who wants one
    /// question for many callers, or an old answer in a registry's place, sees to it.
    /// </summary>
    /// <param name="credential">As whom; null for the credentials of the settings. Where it is refused, the registry is asked as nobody, and the answer's note says so.</param>
    /// <exception cref="InvalidOperationException">A file or folder stands in the registries' place.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<ResolvedTag> AskAsync(ImageReference reference, RegistryCredential? credential = null, CancellationToken cancellation = default)
    {
        var asked = credential is null ? api : AsUser(reference.Registry, credential);
        return asked is null ? throw new InvalidOperationException($"{Name} stands in the registries' place") : ResolvedTag.Of(reference, null, await asked.ResolveAsync(reference, null, cancellation));
    }

    /// <summary>The tags of a repository.</summary>
    internal async Task<Resolution> TagsAsync(ImageReference repository, CancellationToken cancellation) =>
        api is null ? new Resolution.Refused($"{Name} stands in the registries' place and has no list of tags") : await api.TagsAsync(repository, cancellation);

    public void Dispose() => api?.Dispose();

    private RegistryApi? AsUser(string registry, RegistryCredential credential)
    {
        if (users.Count > MostUsers)
        {
            users.Clear();
        }

        return api is null ? null : users.GetOrAdd((registry, credential), key => api.As(key.Credential.For(key.Registry)));
    }

    /// <summary>True when the host is asked over http.</summary>
    internal bool SpeaksPlainHttp(string host) => settings.PlainHttp.Contains(host) || RegistryHost.IsLoopback(host);
}
