using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Cleat.Admission.Reviews;

namespace Cleat.Admission.SignIn;

/// <summary>Small exchanges with the clouds: no redirect is followed, no proxy stands before what is on this node, and bodies are never logged.</summary>
internal sealed class CloudHttp : IDisposable
{
    private const int LargestAnswer = 1024 * 1024;

    private readonly HttpClient near = Client(useProxy: false);
    private readonly HttpClient far = Client(useProxy: true);

    /// <returns>Status and body.</returns>
    /// <exception cref="HttpRequestException">No answer.</exception>
    public async Task<(int Status, byte[] Body, HttpResponseMessage Head)> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using (request)
        {
            var response = await (IsNear(request.RequestUri!) ? near : far).SendAsync(request, cancellation);
            using (response)
            {
                return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellation), response);
            }
        }
    }

    /// <summary>Sends, and reads the JSON object of a 200.</summary>
    /// <param name="who">For messages.</param>
    /// <exception cref="ExchangeException">It is none.</exception>
    public async Task<JsonDocument> JsonAsync(HttpRequestMessage request, string who, CancellationToken cancellation)
    {
        var (status, body, _) = await SendAsync(request, cancellation);
        return status == 200 && Json.TryParse(body, out var json) && json.RootElement.ValueKind == JsonValueKind.Object ? json
            : throw new ExchangeException($"{who} answers {status}{(ErrorCode(body) is { } code ? $" ({code})" : "")}");
    }

    public void Dispose()
    {
        near.Dispose();
        far.Dispose();
    }

    // codes only: a message may repeat what was sent
    private static string? ErrorCode(byte[] body)
    {
        if (!Json.TryParse(body, out var json))
        {
            return null;
        }

        using (json)
        {
            var code = Json.Text(json.RootElement, "error") ?? Json.Text(json.RootElement, "code") ?? Json.Text(json.RootElement, "__type");
            return code is { Length: < 80 } && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '#' or '-') ? code : null;
        }
    }

    private static bool IsNear(Uri uri) =>
        uri.IsLoopback || uri.Host.StartsWith("metadata.google.internal", StringComparison.Ordinal)
        || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && (ip.AddressFamily == AddressFamily.InterNetworkV6 ? ip.IsIPv6LinkLocal || ip.IsIPv6UniqueLocal : ip.GetAddressBytes() is [169, 254, ..]));

    [SuppressMessage("Reliability", "CA2000", Justification = "The HttpClient owns the handler and is disposed with this.")]
    private static HttpClient Client(bool useProxy) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = useProxy, ConnectTimeout = TimeSpan.FromSeconds(1), PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    }) { MaxResponseContentBufferSize = LargestAnswer };
}
