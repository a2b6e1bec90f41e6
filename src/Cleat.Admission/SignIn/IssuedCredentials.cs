using Cleat.Admission.Hosting;
using Cleat.Admission.Pins;

namespace Cleat.Admission.SignIn;

/// <summary>A credential that ends.</summary>
internal sealed record Issued(RegistryCredential Credential, DateTimeOffset Expires);

/// <summary>
/// Credentials that somebody issues, by who asks for what: one exchange at a time, renewed from half of their life on, and the old one is good until a minute before its end when
/// that fails.
/// </summary>
internal sealed partial class IssuedCredentials(TimeProvider clock, Metrics metrics, ILogger log)
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromMilliseconds(800);

    private readonly BoundedMap<string, (Issued? Issued, DateTimeOffset Renew)> held = new(200);
    private readonly SharedFlights<string, Issued?> flights = new();

    /// <param name="key">Cloud, place and identity.</param>
    /// <param name="fetch">Makes the exchange; throws <see cref="ExchangeException"/> with why there is none.</param>
    /// <returns>Null when there is none now.</returns>
    /// <exception cref="OperationCanceledException">This caller gave up.</exception>
    public async Task<RegistryCredential?> GetAsync(string key, Func<CancellationToken, Task<Issued>> fetch, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var has = held.TryGet(key, out var kept);
        if (has && now < kept.Renew)
        {
            return kept.Issued?.Credential;
        }

        var renewal = flights.JoinAsync(key, () => FetchAsync(key, fetch, has ? kept.Issued : null), cancellation);
        return has && kept.Issued is { } old && now < old.Expires - Margin ? old.Credential : (await renewal)?.Credential;
    }

    private async Task<Issued?> FetchAsync(string key, Func<CancellationToken, Task<Issued>> fetch, Issued? old)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(2.5), clock);
        var provider = key.Split(' ')[0];
        try
        {
            var issued = await fetch(limit.Token);
            var now = clock.GetUtcNow();
            held.Set(key, (issued, now + ((issued.Expires - now) / 2)));
            metrics.Count("cleat_credential_refreshes_total", $"provider=\"{provider}\",result=\"ok\"");
            return issued;
        }
        catch (Exception e) when (e is ExchangeException or HttpRequestException or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            Failed(log, provider, e is ExchangeException ? e.Message : e.GetType().Name);
            var now = clock.GetUtcNow();
            var still = old is not null && now < old.Expires - Margin ? old : null;
            held.Set(key, (still, now + RestAfterFailure));
            metrics.Count("cleat_credential_refreshes_total", $"provider=\"{provider}\",result=\"failed\"");
            return still;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No registry credentials of {Provider}: {Why}")]
    private static partial void Failed(ILogger log, string provider, string why);
}

/// <summary>Why an exchange gave no credential, without anything secret.</summary>
internal sealed class ExchangeException : Exception
{
    public ExchangeException()
    {
    }

    public ExchangeException(string message)
        : base(message)
    {
    }

    public ExchangeException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
