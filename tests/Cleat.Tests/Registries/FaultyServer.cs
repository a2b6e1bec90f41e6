using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cleat.Tests.Registries;

/// <summary>A loopback server that answers each request with exactly the bytes it is told to, and then closes. A null answer stalls.</summary>
internal sealed class FaultyServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<string, byte[]?> answer;

    public FaultyServer(Func<string, byte[]?> answer)
    {
        this.answer = answer;
        listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    public string Host => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>Every request's head, as it came.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public static byte[] Http(int status, string headers = "", string body = "") =>
        Encoding.Latin1.GetBytes($"HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: {body.Length}\r\n{headers}\r\n{body}");

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            var client = await listener.AcceptTcpClientAsync(stop.Token);
            _ = Task.Run(() => ServeAsync(client));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            StringBuilder head = new();
            var buffer = new byte[4096];
            while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                var read = await stream.ReadAsync(buffer, stop.Token);
                if (read == 0 || buffer[0] == 0x16)
                {
                    // a TLS greeting: this server speaks http only
                    return;
                }

                head.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }

            Requests.Enqueue(head.ToString());
            if (answer(head.ToString()) is { } bytes)
            {
                await stream.WriteAsync(bytes, stop.Token);
            }
            else
            {
                await Task.Delay(Timeout.Infinite, stop.Token);
            }
        }
    }
}
