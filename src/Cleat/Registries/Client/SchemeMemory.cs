using System.Collections.Concurrent;
using Cleat.Registries.Settings;

namespace Cleat.Registries.Client;

/// <summary>
/// Whether a host is asked over https or http: https, but http for hosts that the user named, and for loopback hosts whatever
/// answers, https first (Docker docs, "Test an insecure registry"), as for those that registries.conf calls insecure. Such a host is asked once and remembered.
/// </summary>
internal sealed class SchemeMemory(RequestSender sender, RegistryOptions options) : IDisposable
{
    /// <summary>Some plain http servers wait for the end of a line that a TLS greeting does not have.</summary>
    private static readonly TimeSpan LongestProbe = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, Uri> known = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim gate = new(1);

    /// <summary>The base address of an endpoint, without its path; or why it has none.</summary>
    internal async Task<Outcome<Uri>> OriginAsync(Endpoint endpoint, CancellationToken cancellation)
    {
        var host = RegistryHost.Api(endpoint.Host);
        if (RegistryHost.Origin("https", host) is not { } https || RegistryHost.Origin("http", host) is not { } http)
        {
            return new Resolution.Refused($"{endpoint.Host} is no host that can be asked: check its port");
        }

        if (endpoint.Transport == Transport.Http || options.PlainHttpHosts.Contains(endpoint.Host, StringComparer.OrdinalIgnoreCase))
        {
            return http;
        }

        return endpoint.Transport == Transport.Insecure || (endpoint.Transport == Transport.Usual && RegistryHost.IsLoopback(https)) ? await HttpsOrHttpAsync(host, https, http, cancellation) : https;
    }

    public void Dispose() => gate.Dispose();

    private async Task<FaultKind?> ProbeAsync(Uri https, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(LongestProbe, options.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return (await sender.OnceAsync(new(HttpMethod.Get, new Uri(https, "/v2/")), both.Token)).Fault?.Kind;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return FaultKind.Stalled;
        }
    }

    private async Task<Uri> HttpsOrHttpAsync(string host, Uri https, Uri http, CancellationToken cancellation)
    {
        if (known.TryGetValue(host, out var origin))
        {
            return origin;
        }

        await gate.WaitAsync(cancellation);
        try
        {
            if (known.TryGetValue(host, out origin))
            {
                return origin;
            }

            var fault = await ProbeAsync(https, cancellation);
            origin = fault is null or FaultKind.Certificate ? https : http;
            if (fault is not (FaultKind.Refused or FaultKind.Dns))
            {
                known[host] = origin;
            }

            return origin;
        }
        finally
        {
            gate.Release();
        }
    }
}
