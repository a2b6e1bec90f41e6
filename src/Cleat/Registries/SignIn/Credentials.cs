using System.Collections.Concurrent;
using System.Collections.Frozen;
using Cleat.Text;

namespace Cleat.Registries.SignIn;

/// <summary>What was found for a registry.</summary>
/// <param name="Credential">Null: ask as nobody.</param>
/// <param name="Note">What went wrong in looking, without any secret; or null.</param>
internal sealed record CredentialAnswer(Credential? Credential, string? Note);

/// <summary>
/// Who signs in where, from the files of docker and podman (docs.docker.com: "docker login", "Credential stores";
/// containers-auth.json(5)). The first file that has something for a registry decides; in a file the longest key.
/// </summary>
internal sealed class Credentials
{
    /// <summary>Nobody signs in anywhere.</summary>
    public static Credentials None { get; } = new([]);

    private readonly IReadOnlyList<DockerConfig> configs;
    private readonly CredentialProgram helper;
    private readonly ConcurrentDictionary<string, Lazy<Task<CredentialAnswer>>> helped = new(StringComparer.Ordinal);

    private Credentials(IReadOnlyList<DockerConfig> configs, TimeProvider? clock = null, string? path = null)
    {
        this.configs = configs;
        helper = new(clock ?? TimeProvider.System, path);
    }

    /// <summary>Which files could not be read and why; or null. The others are used all the same.</summary>
    public string? Problem => configs.Select(c => c.Problem).OfType<string>().ToList() is { Count: > 0 } problems ? string.Join("; ", problems) : null;

    /// <summary>Reads what <c>DOCKER_AUTH_CONFIG</c> holds, then the files of <see cref="CredentialFiles"/>. A file that is not there is no problem.</summary>
    /// <param name="environment">Looks an environment variable up: those, HOME (USERPROFILE), and PATH for credential helpers.</param>
    public static Credentials FromEnvironment(Func<string, string?> environment, TimeProvider? clock = null)
    {
        var files = CredentialFiles.Of(environment).Select(DockerConfig.Load);
        var inline = environment(CredentialFiles.Inline) is { Length: > 0 } text ? DockerConfig.Parse(System.Text.Encoding.UTF8.GetBytes(text), CredentialFiles.Inline) : DockerConfig.Empty;
        return new([inline, .. files], clock, environment("PATH"));
    }

    /// <summary>One credential for one registry, for flags and tests.</summary>
    public static Credentials For(string registry, Credential credential) =>
        new([DockerConfig.Empty with { Auths = new Dictionary<string, StoredCredential>(StringComparer.Ordinal) { [CredentialKey.Normalize(registry)] = new(registry, credential) }.ToFrozenDictionary(StringComparer.Ordinal) }]);

    /// <summary>The credential stored for a repository: the longest key first, cut at path boundaries down to the registry's host.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<CredentialAnswer> FindAsync(string registry, string repository, CancellationToken cancellation)
    {
        string? note = null;
        foreach (var source in Sources(registry, repository))
        {
            if (source.Stored is not null)
            {
                return new(source.Stored.Credential, note);
            }

            var answer = await HelpedAsync(source.Program!, source.Server!, cancellation);
            if (answer.Credential is not null)
            {
                return answer;
            }

            note ??= answer.Note;
        }

        return new(null, note);
    }

    /// <summary>Where <see cref="FindAsync"/> would look, in order, in words and without any secret. No helper program is run.</summary>
    public IEnumerable<string> Explain(string registry, string repository) => Sources(registry, repository).Select(p => p.Stored is { } stored
        ? $"{p.File}, key {PrintableText.Abbreviated(stored.Key)}{(stored.Credential.IdentityToken is null ? "" : " (identity token)")}"
        : $"docker-credential-{PrintableText.Abbreviated(p.Program!)} for {PrintableText.Abbreviated(p.Server!)} ({p.Why} in {p.File})");

    // ends with the first entry that is stored: nothing behind it is ever asked
    private IEnumerable<CredentialSource> Sources(string registry, string repository)
    {
        foreach (var config in configs)
        {
            foreach (var key in CredentialKey.Candidates(registry, repository))
            {
                // a store holds hosts only, as docker login writes them
                var named = config.Helpers.GetValueOrDefault(key);
                var program = named ?? (key.Contains('/', StringComparison.Ordinal) ? null : config.Store);
                if (program is not null)
                {
                    yield return new(config.File, null, program, CredentialKey.Server(key), named is null ? "credsStore" : "credHelpers");
                }

                if (config.Auths.TryGetValue(key, out var stored))
                {
                    yield return new(config.File, stored, null, null, null);
                    yield break;
                }
            }
        }
    }

    // one run of the helper for a server, however many references ask; its own time limit bounds it
    private Task<CredentialAnswer> HelpedAsync(string program, string server, CancellationToken cancellation) =>
        helped.GetOrAdd($"{program}\n{server}", _ => new(() => helper.GetAsync(program, server))).Value.WaitAsync(cancellation);

    /// <summary>An entry of a file, or a program to ask and the file that names it.</summary>
    private sealed record CredentialSource(string File, StoredCredential? Stored, string? Program, string? Server, string? Why);
}
