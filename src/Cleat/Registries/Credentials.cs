using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Cleat.Registries;

/// <summary>What was found for a registry.</summary>
/// <param name="Credential">Null: ask as nobody.</param>
/// <param name="Note">What went wrong in looking, without any secret; or null.</param>
public sealed record CredentialAnswer(Credential? Credential, string? Note);

/// <summary>Who signs in where, from Docker's config (docs.docker.com: "docker login", "Credential stores").</summary>
public sealed class Credentials
{
    /// <summary>Nobody signs in anywhere.</summary>
    public static Credentials None { get; } = new(DockerConfig.Empty);

    private readonly DockerConfig config;
    private readonly CredentialProgram helper;
    private readonly ConcurrentDictionary<string, Lazy<Task<CredentialAnswer>>> helped = new(StringComparer.Ordinal);

    private Credentials(DockerConfig config, TimeProvider? clock = null, string? path = null)
    {
        this.config = config;
        helper = new(clock ?? TimeProvider.System, path);
    }

    /// <summary>Why the config could not be read, naming the file; or null. Everything is then asked anonymously.</summary>
    public string? Problem => config.Problem;

    /// <summary>Reads <c>$DOCKER_CONFIG/config.json</c>, else <c>~/.docker/config.json</c>. A file that is not there is no problem.</summary>
    /// <param name="environment">Looks an environment variable up: DOCKER_CONFIG, HOME (USERPROFILE), PATH.</param>
    public static Credentials FromEnvironment(Func<string, string?> environment, TimeProvider? clock = null)
    {
        var home = environment("HOME") ?? environment("USERPROFILE");
        var folder = environment("DOCKER_CONFIG") is { Length: > 0 } said ? said : home is null ? null : Path.Combine(home, ".docker");
        return new(folder is null ? DockerConfig.Empty : DockerConfig.Load(Path.Combine(folder, "config.json")), clock, environment("PATH"));
    }

    /// <summary>Reads one file in the format of Docker's config.json (podman's auth.json has it, too).</summary>
    /// <param name="searchPath">Where credential helpers are looked for, as in PATH; null for nowhere.</param>
    public static Credentials FromFile(string path, TimeProvider? clock = null, string? searchPath = null) => new(DockerConfig.Load(path), clock, searchPath);

    /// <summary>One credential for one registry, for flags and tests.</summary>
    public static Credentials For(string registry, Credential credential) =>
        new(DockerConfig.Empty with { Auths = new Dictionary<string, Credential>(StringComparer.Ordinal) { [CredentialKey.Normalize(registry)] = credential }.ToFrozenDictionary(StringComparer.Ordinal) });

    /// <summary>The credential stored for a repository: the longest key first, cut at path boundaries down to the registry's host.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<CredentialAnswer> FindAsync(string registry, string repository, CancellationToken cancellation)
    {
        string? note = null;
        foreach (var key in CredentialKey.Candidates(registry, repository))
        {
            // a store holds hosts only, as docker login writes them
            var program = config.Helpers.GetValueOrDefault(key) ?? (key.Contains('/', StringComparison.Ordinal) ? null : config.Store);
            if (program is not null)
            {
                var answer = await HelpedAsync(program, CredentialKey.Server(key), cancellation);
                if (answer.Credential is not null)
                {
                    return answer;
                }

                note ??= answer.Note;
            }

            if (config.Auths.TryGetValue(key, out var credential))
            {
                return new(credential, note);
            }
        }

        return new(null, note);
    }

    // one run of the helper for a server, however many references ask; its own time limit bounds it
    private Task<CredentialAnswer> HelpedAsync(string program, string server, CancellationToken cancellation) =>
        helped.GetOrAdd($"{program}\n{server}", _ => new(() => helper.GetAsync(program, server))).Value.WaitAsync(cancellation);
}
