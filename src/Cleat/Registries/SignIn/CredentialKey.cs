using Cleat.References;

namespace Cleat.Registries.SignIn;

/// <summary>The keys of Docker's config: with and without scheme and path; a registry with several hosts by any of them.</summary>
internal static class CredentialKey
{
    /// <summary>One spelling: no scheme, no API version, no slash at the end, host in lower case, the registry by its name.</summary>
    internal static string Normalize(string key)
    {
        var start = key.IndexOf("://", StringComparison.Ordinal);
        var rest = (start < 0 ? key : key[(start + 3)..]).TrimEnd('/');
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var host = (slash < 0 ? rest : rest[..slash]).ToLowerInvariant();
        var path = slash < 0 || rest[slash..] is "/v1" or "/v2" ? "" : rest[slash..];
        return KnownRegistries.NameOf(host) + path;
    }

    /// <summary>From the whole repository down to the host, cut at slashes: <c>r.example/a</c> never stands for <c>r.example/ab</c>.</summary>
    internal static IEnumerable<string> Candidates(string registry, string repository)
    {
        var key = $"{registry.ToLowerInvariant()}/{repository}";
        while (true)
        {
            yield return key;
            var slash = key.LastIndexOf('/');
            if (slash < 0)
            {
                yield break;
            }

            key = key[..slash];
        }
    }

    /// <summary>What a credential helper is asked for.</summary>
    internal static string Server(string key) => KnownRegistries.CredentialServer(key);
}
