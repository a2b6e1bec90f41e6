using System.Text;
using System.Text.Json;

namespace Cleat.Registries;

/// <summary>A name and a secret for one registry. It prints as stars, so that no message can hold the secret.</summary>
internal sealed class Credential(string user, string secret, bool isIdentityToken)
{
    public string User => user;

    public string Secret => secret;

    public bool IsIdentityToken => isIdentityToken;

    public string Basic => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret}"));

    public override string ToString() => "***";
}

/// <summary>
/// What docker's <c>config.json</c> and podman's <c>auth.json</c> store (docs.docker.com, "docker login", "Credential stores";
/// containers-auth.json(5)): keys with and without scheme and path, the longest match first, never by a bare prefix.
/// </summary>
internal sealed class Credentials
{
    private readonly List<(string Key, Credential Value)> stored = [];

    /// <summary>Reads the files the environment names.</summary>
    /// <param name="problems">Files that could not be used; nothing of their content is told.</param>
    public static Credentials Load(out IReadOnlyList<string> problems)
    {
        var docker = Environment.GetEnvironmentVariable("DOCKER_CONFIG") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker");
        return Load([Environment.GetEnvironmentVariable("REGISTRY_AUTH_FILE") ?? "", Path.Combine(docker, "config.json")], out problems);
    }

    /// <param name="files">In the order of their weight: what stands in an earlier one wins.</param>
    public static Credentials Load(IEnumerable<string> files, out IReadOnlyList<string> problems)
    {
        Credentials credentials = new();
        List<string> wrong = [];
        foreach (var file in files.Where(File.Exists))
        {
            try
            {
                using var json = JsonDocument.Parse(File.ReadAllBytes(file));
                if (json.RootElement.TryGetProperty("auths", out var auths))
                {
                    foreach (var entry in auths.EnumerateObject())
                    {
                        credentials.Add(entry.Name, entry.Value);
                    }
                }

                if (json.RootElement.TryGetProperty("credsStore", out _) || json.RootElement.TryGetProperty("credHelpers", out _))
                {
                    wrong.Add($"{file} names credential helpers: they are not asked yet; only what stands under auths is used");
                }
            }
            catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException or FormatException)
            {
                wrong.Add($"{file} could not be read as docker's config.json: its credentials are not used");
            }
        }

        problems = wrong;
        return credentials;
    }

    /// <summary>What is stored for a repository of a registry, or null.</summary>
    public Credential? For(string registry, string repository)
    {
        var name = (registry == "docker.io" ? "index.docker.io" : registry) + "/" + repository;
        return stored.Where(s => name == s.Key || name.StartsWith(s.Key + "/", StringComparison.Ordinal))
            .OrderByDescending(s => s.Key.Length).Select(s => s.Value).FirstOrDefault();
    }

    private void Add(string key, JsonElement value)
    {
        var scheme = key.IndexOf("://", StringComparison.Ordinal);
        var plain = (scheme < 0 ? key : key[(scheme + 3)..]).TrimEnd('/');
        plain = scheme >= 0 && plain.IndexOf("/v", StringComparison.Ordinal) is var version and >= 0 && version + 3 == plain.Length ? plain[..version] : plain;
        plain = plain is "docker.io" or "registry-1.docker.io" ? "index.docker.io" : plain.StartsWith("docker.io/", StringComparison.Ordinal) ? "index." + plain : plain;
        if (Read(value) is { } credential && !stored.Exists(s => s.Key == plain))
        {
            stored.Add((plain, credential));
        }
    }

    private static Credential? Read(JsonElement value)
    {
        string? Text(string name) => value.TryGetProperty(name, out var v) && v.ValueKind == JsonValueKind.String && v.GetString() is { Length: > 0 } text ? text : null;
        var (user, secret) = (Text("username"), Text("password"));
        if (Text("auth") is { } auth)
        {
            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(auth)).TrimEnd('\0');
            var colon = pair.IndexOf(':', StringComparison.Ordinal);
            (user, secret) = colon < 0 ? (user, secret) : (pair[..colon], pair[(colon + 1)..]);
        }

        return Text("identitytoken") is { } token ? new(user ?? "", token, isIdentityToken: true)
            : user is not null && secret is not null ? new(user, secret, isIdentityToken: false)
            : null;
    }
}
