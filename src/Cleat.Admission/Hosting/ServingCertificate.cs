using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Cleat.Admission.Hosting;

/// <summary>The certificate that is served now. A new one takes its place when it is good; a bad one changes nothing.</summary>
internal sealed partial class ServingCertificate(TimeProvider clock, Metrics metrics, ILogger log)
{
    private volatile Served? now;
    private string? refused;

    /// <summary>Null as long as there was none.</summary>
    public SslStreamCertificateContext? Context => now?.Context;

    /// <summary>When it ends; null without one.</summary>
    public DateTimeOffset? Expires => now is { } served ? new DateTimeOffset(served.Context.TargetCertificate.NotAfter) : null;

    /// <summary>Takes a certificate with its chain, and its key.</summary>
    /// <returns>What is wrong with it; null when it is served from now on, or already was.</returns>
    public string? Take(string certificate, string key)
    {
        if (now is { } served && served.Certificate == certificate && served.Key == key)
        {
            refused = null;
            return null;
        }

        if (Read(certificate, key, out var problem) is { } context)
        {
            now = new(context, certificate, key);
            refused = null;
            metrics.Count("cleat_certificate_reloads_total", "result=\"taken\"");
            Taken(log, context.TargetCertificate.Subject, context.TargetCertificate.NotAfter.ToUniversalTime());
        }
        else if (refused != problem)
        {
            // said once for each mistake, not at every look
            refused = problem;
            metrics.Count("cleat_certificate_reloads_total", "result=\"refused\"");
            Refused(log, problem!, now is null ? "there is none to serve" : "the old one is served on");
        }

        return problem;
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "Connections that began with a certificate use it on when another is served.")]
    private SslStreamCertificateContext? Read(string certificate, string key, out string? problem)
    {
        try
        {
            var leaf = X509Certificate2.CreateFromPem(certificate, key);
            if (leaf.NotAfter.ToUniversalTime() <= clock.GetUtcNow().UtcDateTime)
            {
                problem = "it ended";
                return null;
            }

            X509Certificate2Collection chain = [];
            chain.ImportFromPem(certificate);
            chain.RemoveAt(0);
            problem = null;
            return SslStreamCertificateContext.Create(leaf, chain, offline: true);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            problem = e.Message;
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Serving the certificate {Subject}, which ends {Expires:O}")]
    private static partial void Taken(ILogger log, string subject, DateTime expires);

    [LoggerMessage(Level = LogLevel.Error, Message = "The new certificate is bad: {Why}; {Then}")]
    private static partial void Refused(ILogger log, string why, string then);

    private sealed record Served(SslStreamCertificateContext Context, string Certificate, string Key);
}

/// <summary>Looks at the certificate's files again and again: what mounts them may replace a folder's link, which no watch on a file sees.</summary>
internal sealed class CertificateFiles : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task watching;

    /// <exception cref="CleatException">The first one cannot be used.</exception>
    public CertificateFiles(string certificate, string key, TimeSpan every, ServingCertificate serving, TimeProvider clock)
    {
        if (Look() is { } problem)
        {
            stop.Dispose();
            throw new CleatException($"--tls-cert {certificate}, --tls-key {key}: {problem}");
        }

        watching = WatchAsync();

        async Task WatchAsync()
        {
            using PeriodicTimer timer = new(every, clock);
            try
            {
                while (await timer.WaitForNextTickAsync(stop.Token))
                {
                    Look();
                }
            }
            catch (OperationCanceledException)
            {
                // the end
            }
        }

        string? Look()
        {
            try
            {
                return serving.Take(OptionFile.Text(certificate), OptionFile.Text(key));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // in the middle of being replaced, or gone: the next look tells
                return e.Message;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await watching;
        stop.Dispose();
    }
}
