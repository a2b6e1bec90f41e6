using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Net.Sockets;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Cleat.Tests.Registries;

internal sealed record ScriptedRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The thumbprint of the certificate that the client showed; null when it showed none.</summary>
    internal string? ClientCertificate { get; init; }

    /// <summary>The name that the client asked for when it began TLS.</summary>
    internal string? ServerName { get; init; }

    internal string? this[string header] => Headers.GetValueOrDefault(header);
}

/// <summary>What the server does with a request: writes what it likes, then the connection is closed.</summary>
internal delegate Task ScriptedReply(ScriptedRequest request, Stream stream, CancellationToken cancellation);

/// <summary>A server on loopback that misbehaves as it is told. Without a certificate it hangs up on TLS, so a client falls back to http.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<ScriptedRequest, ScriptedReply> script;
    private readonly X509Certificate2? certificate;
    private readonly Task loop;

    internal ScriptedServer(Func<ScriptedRequest, ScriptedReply> script, X509Certificate2? certificate = null)
    {
        this.certificate = certificate;
        this.script = script;
        listener.Start();
        Host = $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        loop = Task.Run(AcceptAsync);
    }

    internal string Host { get; }

    internal ConcurrentQueue<ScriptedRequest> Requests { get; } = new();

    internal IEnumerable<string> Lines => Requests.Select(r => $"{r.Method} {r.Target}");

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await loop;
        listener.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(stop.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // the test is over
        }
    }

    [SuppressMessage("Security", "CA5359", Justification = "A client's certificate, shown or not, is for the script to judge.")]
    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var tls = certificate is null ? null : new SslStream(client.GetStream());
                if (tls is not null)
                {
                    await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
                    {
                        ServerCertificate = certificate,
                        ClientCertificateRequired = true,
                        RemoteCertificateValidationCallback = (_, _, _, _) => true,
                    });
                }

                Stream stream = tls is null ? client.GetStream() : tls;
                if (await ReadAsync(stream) is { } request)
                {
                    request = request with { ClientCertificate = tls?.RemoteCertificate?.GetCertHashString(), ServerName = tls?.TargetHostName };
                    Requests.Enqueue(request);
                    await script(request)(request, stream, stop.Token);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or SocketException or AuthenticationException)
            {
                // the client went away, as some tests mean it to
            }
        }
    }

    private async Task<ScriptedRequest?> ReadAsync(Stream stream)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, stop.Token) == 0 || (text.Length == 0 && one[0] == 0x16))
            {
                return null;
            }

            text.Append((char)one[0]);
        }

        var lines = text.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var first = lines[0].Split(' ');
        var headers = lines.Skip(1).Select(l => l.Split(':', 2)).ToDictionary(p => p[0], p => p[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, System.Globalization.CultureInfo.InvariantCulture) : 0];
        await stream.ReadExactlyAsync(body, stop.Token);
        return new(first[0], first[1], headers, Encoding.UTF8.GetString(body));
    }
}

/// <summary>Replies, good and bad.</summary>
internal static class Replies
{
    /// <summary>Status, headers and body, with a true Content-Length unless a header says another.</summary>
    internal static ScriptedReply With(int status, byte[]? body = null, params string[] headers) => async (request, stream, cancellation) =>
    {
        body ??= [];
        var length = headers.Any(h => h.StartsWith("Content-Length:", StringComparison.Ordinal)) ? "" : $"Content-Length: {body.Length}\r\n";
        var head = $"HTTP/1.1 {status} Status\r\n{length}Connection: close\r\n{string.Concat(headers.Select(h => h + "\r\n"))}\r\n";
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head), cancellation);
        if (request.Method != "HEAD")
        {
            await stream.WriteAsync(body, cancellation);
        }
    };

    internal static ScriptedReply Text(int status, string body, params string[] headers) => With(status, Encoding.UTF8.GetBytes(body), headers);

    /// <summary>A manifest as a well-behaved registry serves it.</summary>
    internal static ScriptedReply Manifest(byte[] body, string mediaType) =>
        With(200, body, $"Content-Type: {mediaType}", $"Docker-Content-Digest: {Cleat.References.Digest.Sha256(body)}");

    internal static ScriptedReply Reset { get; } = (_, stream, _) =>
    {
        var socket = ((NetworkStream)stream).Socket;
        socket.LingerState = new(true, 0);
        socket.Close();
        return Task.CompletedTask;
    };

    internal static ScriptedReply Stall { get; } = (_, _, cancellation) => Task.Delay(Timeout.Infinite, cancellation);

    /// <summary>A body of a gigabyte, without a length.</summary>
    internal static ScriptedReply Endless(Action<int> written) => async (_, stream, cancellation) =>
    {
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/vnd.oci.image.manifest.v1+json\r\n\r\n"u8.ToArray(), cancellation);
        var chunk = new byte[64 * 1024];
        for (var i = 0; i < 16 * 1024; i++)
        {
            await stream.WriteAsync(chunk, cancellation);
            written(chunk.Length);
        }
    };
}
