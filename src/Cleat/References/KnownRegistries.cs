namespace Cleat.References;

/// <summary>What is special about one registry. What is null or empty is as with every other.</summary>
/// <param name="Name">Its host as it stands in normalised references.</param>
internal sealed record KnownRegistry(string Name)
{
    /// <summary>Another host that references write for it.</summary>
    public string? OldName { get; init; }

    /// <summary>Where its API is served when that is not the host of its name.</summary>
    public string? ApiHost { get; init; }

    /// <summary>What stands in front of a repository of one part only, without a slash.</summary>
    public string? Namespace { get; init; }

    /// <summary>What credential helpers are asked for in place of its name.</summary>
    public string? CredentialServer { get; init; }

    /// <summary>Its name in references for cosign.</summary>
    public string? CosignName { get; init; }

    /// <summary>True for each of its hosts.</summary>
    public bool Has(string host) => host == Name || host == OldName || host == ApiHost;
}

/// <summary>The table of registries that are unlike the others: the one place in the sources that names a registry. A new quirk is a row, or a property, here.</summary>
internal static class KnownRegistries
{
    /// <summary>Docker Hub, which references mean when they name no registry.</summary>
    public static KnownRegistry DockerHub { get; } = new("docker.io")
    {
        OldName = "index.docker.io", // distribution/reference: legacyDefaultDomain
        ApiHost = "registry-1.docker.io", // moby: registry.DefaultV2Registry
        Namespace = "library",
        CredentialServer = "https://index.docker.io/v1/", // docker login stores it under its first address
        CosignName = "index.docker.io", // go-containerregistry: name.DefaultRegistry
    };

    private static readonly KnownRegistry[] All = [DockerHub];

    /// <summary>The name of the registry that a host belongs to, which is what credentials, mirrors and certificates are looked up by.</summary>
    public static string NameOf(string host) => Array.Find(All, r => r.Has(host))?.Name ?? host;

    /// <summary>The host that is asked for a registry.</summary>
    public static string ApiHost(string registry) => Named(registry)?.ApiHost ?? registry;

    /// <summary>What a credential helper is asked for.</summary>
    public static string CredentialServer(string registry) => Named(registry)?.CredentialServer ?? registry;

    /// <summary>The registry's name in references for cosign.</summary>
    public static string CosignName(string registry) => Named(registry)?.CosignName ?? registry;

    /// <summary>A repository in full: with the registry's namespace when it has one part only.</summary>
    public static string FullRepository(string registry, string repository) =>
        Named(registry)?.Namespace is { } space && !repository.Contains('/', StringComparison.Ordinal) ? $"{space}/{repository}" : repository;

    private static KnownRegistry? Named(string registry) => Array.Find(All, r => r.Name == registry);
}
