using System.Net;

namespace Cleat.Registries.Client;

/// <summary>Where a registry's API is found.</summary>
internal static class RegistryHost
{
    /// <summary>Docker Hub's API stands on another host than its name says (Docker: registry.DefaultV2Registry).</summary>
    internal static string Api(string registry) => registry is "docker.io" ? "registry-1.docker.io" : registry;

    /// <summary>localhost, 127.0.0.0/8 and ::1: what Docker takes for insecure without being told.</summary>
    internal static bool IsLoopback(Uri uri) => uri.DnsSafeHost is "localhost" || (IPAddress.TryParse(uri.DnsSafeHost, out var address) && IPAddress.IsLoopback(address));

    /// <summary>The base address, or null when the host cannot stand in one (a port beyond 65535).</summary>
    internal static Uri? Origin(string scheme, string host) => Uri.TryCreate($"{scheme}://{host}/", UriKind.Absolute, out var uri) ? uri : null;

    /// <summary>Scheme, host and port: what credentials are bound to.</summary>
    internal static bool SameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && string.Equals(one.IdnHost, other.IdnHost, StringComparison.OrdinalIgnoreCase) && one.Port == other.Port;
}
