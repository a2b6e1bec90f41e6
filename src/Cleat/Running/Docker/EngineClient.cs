using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json.Serialization.Metadata;
using System.Text.Json;
using Cleat.Text;

namespace Cleat.Running.Docker;

/// <summary>Asks a Docker engine, or Podman, over its HTTP API. What goes wrong is an answer, never an exception.</summary>
internal sealed class EngineClient : IDisposable
{
    /// <summary>Bytes of one answer: some 50,000 containers.</summary>
    private const int MaxBody = 256 * 1024 * 1024;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly EngineAddress address;
    private readonly TimeSpan limit;
    private readonly HttpClient http;

    private EngineClient(EngineAddress address, SocketsHttpHandler handler, TimeSpan limit)
    {
        this.address = address;
        this.limit = limit;
        http = new(handler) { BaseAddress = address.Base, Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxBody };
    }

    public EngineAddress Address => address;

    /// <param name="limit">For one request, its body included.</param>
    /// <param name="problem">What is wrong with the certificates.</param>
    public static EngineClient? Open(EngineAddress address, TimeSpan limit, out string? problem)
    {
        problem = null;
#pragma warning disable CA2000 // the client that is handed back owns it
        SocketsHttpHandler handler = new() { AllowAutoRedirect = false, UseCookies = false, UseProxy = address.Socket is null, ConnectTimeout = limit };
#pragma warning restore CA2000
        if (address.Socket is { } path)
        {
            handler.ConnectCallback = async (_, cancellation) => await ConnectAsync(path, cancellation);
        }

        try
        {
            if (address.TlsFolder is { } folder)
            {
                handler.SslOptions = EngineTls.In(folder);
            }

            return new(address, handler, limit);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            handler.Dispose();
            problem = $"the certificates for {address.Name} in {address.TlsFolder} cannot be used: {e.Message}";
            return null;
        }
    }

    public Task<EngineAnswer<T>> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class => SendAsync(HttpMethod.Get, path, null, type, cancellation);

    public Task<EngineAnswer<T>> PostAsync<T>(string path, byte[] body, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class => SendAsync(HttpMethod.Post, path, body, type, cancellation);

    public void Dispose() => http.Dispose();

    private async Task<EngineAnswer<T>> SendAsync<T>(HttpMethod method, string path, byte[]? body, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        using CancellationTokenSource time = new(limit, TimeProvider.System);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellation);
        try
        {
            using HttpRequestMessage request = new(method, path);
            if (body is not null)
            {
                request.Content = new ByteArrayContent(body);
                request.Content.Headers.ContentType = Json;
            }

            using var response = await http.SendAsync(request, both.Token);
            var bytes = await response.Content.ReadAsByteArrayAsync(both.Token);
            var status = (int)response.StatusCode;
            return response.IsSuccessStatusCode ? Read(bytes, path, status, type) : new(null, $"{address.Name}: {ErrorText(bytes, status)}", status);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new(null, $"{address.Name} gave no whole answer within {Duration.Words(limit)}: is the engine overloaded, or stuck?", 0);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            cancellation.ThrowIfCancellationRequested();
            return new(null, Words(e), 0);
        }
    }

    private EngineAnswer<T> Read<T>(byte[] bytes, string path, int status, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, type) is { } value ? new(value, null, status) : new(null, $"{address.Name} answered nothing to {path}", status);
        }
        catch (JsonException)
        {
            return new(null, $"{address.Name} answered {path} with something that is not what a Docker engine says: is it one?", status);
        }
    }

    private static string ErrorText(byte[] bytes, int status)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, EngineJson.Default.ErrorAnswer)?.Message is { Length: > 0 } message ? PrintableText.Abbreviated(message) : $"HTTP status {status}";
        }
        catch (JsonException)
        {
            return $"HTTP status {status}";
        }
    }

    private string Words(Exception e)
    {
        var socket = e.InnerException as SocketException ?? e.InnerException?.InnerException as SocketException;
        var error = (e as HttpRequestException)?.HttpRequestError;
        return (socket?.SocketErrorCode, error) switch
        {
            (SocketError.AccessDenied, _) => $"{address.Name}: permission denied on {address.Socket}: you may not ask this engine; join its group (often `docker`), or run as its user",
            _ when address.Socket is { } path && !File.Exists(path) => $"{address.Name}: there is no socket {path}: start Docker or Podman, or name another engine: DOCKER_HOST, DOCKER_CONTEXT, or --host and --context of cleat docker",
            (SocketError.ConnectionRefused, _) => $"{address.Name} refused the connection: no engine listens there",
            (_, HttpRequestError.NameResolutionError) => $"{address.Name} cannot be found: DNS does not know the name",
            (_, HttpRequestError.SecureConnectionError) => $"{address.Name}: no TLS connection: its certificate is not trusted, or it does not speak TLS, or it wants a client's certificate (DOCKER_CERT_PATH names the folder of ca.pem, cert.pem and key.pem)",
            (_, HttpRequestError.ConfigurationLimitExceeded) => $"{address.Name} answered more than {MaxBody / 1024 / 1024} MiB",
            (_, HttpRequestError.InvalidResponse) => $"{address.Name} does not speak HTTP as an engine does{(address.TlsFolder is null && address.Socket is null ? "; if it wants TLS, set DOCKER_CERT_PATH" : "")}",
            _ => $"{address.Name} closed the connection before the answer was whole",
        };
    }

#pragma warning disable CA2000 // the stream that is handed back owns the socket
    private static async Task<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
#pragma warning restore CA2000
}
