using Cleat.References;

namespace Cleat.Registries.Client;

/// <summary>How a place is spoken to.</summary>
internal enum Transport
{
    /// <summary>https; loopback also http.</summary>
    Usual,
    Https,
    Http,

    /// <summary>https, and http where it is not spoken: what registries.conf calls insecure. A certificate that is shown is checked.</summary>
    Insecure,
}

/// <summary>One place that may know what a reference means: a mirror, or the registry itself.</summary>
/// <param name="Host"><c>host[:port]</c>, which is also what its credentials are stored under.</param>
/// <param name="Repository">The repository's name there.</param>
/// <param name="Base">The path in front of it.</param>
/// <param name="Query">What is asked with every request, <c>?</c> included; or nothing.</param>
/// <param name="From">Which file names it; null for the registry itself.</param>
internal sealed record Endpoint(string Host, string Repository, string? From = null, Transport Transport = Transport.Usual, string Base = "/v2/", string Query = "")
{
    /// <summary>As people write it: with its scheme where that is fixed.</summary>
    internal string Name => $"{(Transport == Transport.Http ? "http://" : "")}{Host}{(Base == "/v2/" ? "" : Base.TrimEnd('/'))}";

    /// <summary>From a URL of hosts.toml: containerd adds <c>/v2</c> to its path unless told not to.</summary>
    /// <returns>Null when it is no address.</returns>
    internal static Endpoint? Of(string url, string repository, string from, bool overridePath, string? space)
    {
        var whole = url.Contains("://", StringComparison.Ordinal) ? url : $"https://{url}";
        if (!Uri.TryCreate(whole, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0 || uri.UserInfo.Length > 0 || uri.Query.Length > 0)
        {
            return null;
        }

        var path = uri.AbsolutePath.TrimEnd('/');
        path = overridePath || path.EndsWith("/v2", StringComparison.Ordinal) ? path : $"{path}/v2";
        var host = KnownRegistries.NameOf(uri.Authority);
        var query = space is null || space == host ? "" : $"?ns={Uri.EscapeDataString(space)}";
        return new(host, repository, from, uri.Scheme == Uri.UriSchemeHttp ? Transport.Http : url == whole ? Transport.Https : Transport.Usual, $"{path}/", query);
    }
}

/// <summary>Which places are asked for a reference: the mirrors in order, then the registry itself.</summary>
/// <param name="Blocked">Why none may be asked, naming the file that says so; or null.</param>
/// <param name="Note">What in the files is not followed, or null.</param>
internal sealed record Route(IReadOnlyList<Endpoint> Mirrors, Endpoint Origin, string? Blocked = null, string? Note = null);
