using System.Text;

namespace Cleat.Running.Docker;

/// <summary>Where a Docker engine, or Podman, listens.</summary>
/// <param name="Name">What a user calls it: the context's name, or the address.</param>
/// <param name="Socket">The path of its unix socket; null when it is asked over TCP.</param>
/// <param name="Base">What its paths stand behind; with a socket the host in it means nothing.</param>
/// <param name="TlsFolder">The folder of <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c>, each of which may be missing; null without TLS.</param>
internal sealed record EngineAddress(string Name, string? Socket, Uri Base, string? TlsFolder)
{
    // unix(7): sun_path has 108 bytes, the last of them zero
    private const int LongestSocket = 107;

    /// <summary>As <c>docker --host</c> takes it.</summary>
    public string Host => Socket is null ? $"tcp://{Base.Authority}" : $"unix://{Socket}";

    /// <summary>Reads <c>unix:///path</c>, <c>tcp://host:port</c>, <c>http://…</c> or <c>https://…</c>.</summary>
    /// <param name="name">What it is called; null for the address itself.</param>
    /// <param name="problem">What is wrong, and what to do.</param>
    public static EngineAddress? Of(string host, string? name, string? tlsFolder, out string? problem)
    {
        problem = null;
        if (host.StartsWith("unix://", StringComparison.Ordinal) && host.Length > 7)
        {
            if (Encoding.UTF8.GetByteCount(host[7..]) > LongestSocket)
            {
                problem = $"the path of the socket '{host[7..]}' is longer than the {LongestSocket} bytes that the system takes";
                return null;
            }

            return new(name ?? host, host[7..], new Uri("http://engine/"), null);
        }

        var scheme = host.Split(':')[0];
        if (scheme is "ssh" or "npipe" or "fd")
        {
            problem = scheme == "ssh"
                ? $"'{host}' is an engine behind ssh: forward its socket, ssh -nNT -L /tmp/engine.sock:/var/run/docker.sock {host["ssh:".Length..].Trim('/')}, and say --host unix:///tmp/engine.sock"
                : $"'{host}' cannot be asked: say --host unix:///path or tcp://host:port";
            return null;
        }

        // an address without a scheme is TCP, as docker reads it
        var rest = scheme is "tcp" or "http" or "https" && host.Contains("://", StringComparison.Ordinal) ? host[(host.IndexOf("://", StringComparison.Ordinal) + 3)..] : host;
        var tls = tlsFolder is not null || scheme == "https";
        var port = rest.TrimEnd('/').Split(':') is [.., var last] && rest.Contains(':', StringComparison.Ordinal) && ushort.TryParse(last, out _) ? "" : tls ? ":2376" : ":2375";
        if (rest.Length > 0 && !rest.Contains("://", StringComparison.Ordinal) && Uri.TryCreate($"{(tls ? "https" : "http")}://{rest.TrimEnd('/')}{port}/", UriKind.Absolute, out var uri))
        {
            return new(name ?? host, null, uri, tls ? tlsFolder ?? "" : null);
        }

        problem = $"'{host}' is no engine's address: it must read unix:///path or tcp://host:port";
        return null;
    }
}
