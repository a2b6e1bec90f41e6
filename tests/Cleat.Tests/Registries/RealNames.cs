using System.Net.Security;
using System.Net.Sockets;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Cleat.Registries.Client;
using Cleat.Registries.Settings;
using Cleat.Registries.SignIn;
using Cleat.Registries;

namespace Cleat.Tests.Registries;

/// <summary>Every https name leads to one scripted server on loopback, so that registries are asked under their real names.</summary>
internal sealed class RealNames : IAsyncDisposable
{
    private static readonly X509Certificate2 Own = TestCertificate.OfLoopback();

    private readonly ScriptedServer server;
    private readonly SocketsHttpHandler handler;

    /// <param name="script">Told the host by the request's <c>Host</c> header.</param>
    internal RealNames(Func<ScriptedRequest, ScriptedReply> script)
    {
        server = new(script, Own);
        var port = int.Parse(server.Host.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
        handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, given, _, _) => given?.GetCertHashString() == Own.Thumbprint },
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
    }

    internal RegistryOptions Options => Ask.Quick with { Handler = handler };

    /// <summary><c>HEAD registry.example/v2/app/manifests/1</c></summary>
    internal IEnumerable<string> Lines => server.Requests.Select(r => $"{r.Method} {r["Host"]}{r.Target}");

    internal IEnumerable<ScriptedRequest> Requests => server.Requests;

    internal async Task<Resolution> AskAsync(string reference, Credentials? credentials = null, bool verify = false)
    {
        using var client = new RegistryApi(Options with { Credentials = credentials ?? Credentials.None, Verify = verify });
        return await Ask.Async(client, reference);
    }

    public async ValueTask DisposeAsync()
    {
        handler.Dispose();
        await server.DisposeAsync();
    }
}
