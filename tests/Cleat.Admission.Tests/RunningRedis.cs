using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Cleat.Admission.Tests;

/// <summary>Debian's redis-server on loopback; ends with its dispose, and with all that it was told.</summary>
internal sealed class RunningRedis : IAsyncDisposable
{
    private readonly Process process;

    private RunningRedis(Process process, int port) => (this.process, Port) = (process, port);

    public int Port { get; }

    public string Place => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <param name="port">0 for any that is free.</param>
    public static async Task<RunningRedis> StartAsync(int port = 0)
    {
        if (port == 0)
        {
            using TcpListener free = new(IPAddress.Loopback, 0);
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        var process = Process.Start(new ProcessStartInfo("redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no"]) { RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains("Ready to accept", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
                return new(process, port);
            }
        }

        process.Dispose();
        throw new InvalidOperationException("redis-server did not start");
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            // it was killed before
        }

        process.Dispose();
    }
}
