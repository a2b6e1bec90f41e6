using Cleat.References;
using System.Net;

namespace Cleat.Registries.Client;

/// <summary>Questions about the hosts of registries.</summary>
internal static class RegistryHost
{
    /// <summary>The host that serves the registry's API.</summary>
    internal static string Api(string registry) => KnownRegistries.ApiHost(registry);

    /// <summary>The same for <c>host[:port]</c>. The one test: a name that only begins like an address of this machine, such as 127.evil.example, is none.</summary>
    internal static bool IsLoopback(string host) => Origin("https", host) is { } uri && IsLoopback(uri);

    /// <summary>localhost, 127.0.0.0/8 and ::1: what Docker takes for insecure without being told.</summary>
    internal static bool IsLoopback(Uri uri) => uri.DnsSafeHost is "localhost" || (IPAddress.TryParse(uri.DnsSafeHost, out var address) && IPAddress.IsLoopback(address));

    /// <summary>The base address, or null when the host cannot stand in one (a port beyond 65535).</summary>
    internal static Uri? Origin(string scheme, string host) => Uri.TryCreate($"{scheme}://{host}/", UriKind.Absolute, out var uri) ? uri : null;

    /// <summary>Scheme, host and port: what credentials are bound to.</summary>
    internal static bool SameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && string.Equals(one.IdnHost, other.IdnHost, StringComparison.OrdinalIgnoreCase) && one.Port == other.Port;
}
