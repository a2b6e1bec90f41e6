using System.Collections.Concurrent;
using Cleat.Registries.Settings;
using Cleat.Registries.SignIn;

namespace Cleat.Registries.Cache;

/// <summary>
/// What decides over a registry's answers beside the question: who signs in, who is asked in its place, how, and whose certificates are trusted; files
/// by name, size and time, and no secret. When one of them changes, answers that were kept before are not given any more.
/// </summary>
/// <param name="environment">Looks an environment variable up.</param>
internal sealed class CacheScope(RegistryOptions options, Func<string, string?> environment)
{
    private readonly ConcurrentDictionary<string, string> scopes = new(StringComparer.Ordinal);
    private readonly string credentials = CredentialScope.Of(environment);

    public string Of(string registry) => scopes.GetOrAdd(registry, _ => string.Join(
        ' ',
        credentials,
        options.Mirrors.Scope(registry),
        options.PlainHttpHosts.Contains(registry) ? "http" : "-",
        Stamp(options.CaFile),
        Stamp(options.CaFilesByHost.GetValueOrDefault(registry))).ReplaceLineEndings(" "));

    private static string Stamp(string? file) => file is null ? "-" : CredentialScope.Stamp(file);
}
