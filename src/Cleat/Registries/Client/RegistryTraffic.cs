using System.Collections.Concurrent;
using System.Globalization;

namespace Cleat.Registries.Client;

/// <summary>What a registry says of how much it still gives (Docker Hub: <c>ratelimit-limit: 100;w=21600</c>, <c>ratelimit-remaining: 76;w=21600</c>).</summary>
/// <param name="Limit">Pulls in a window; null when it does not say.</param>
/// <param name="Window">Null when it does not say.</param>
public sealed record PullQuota(int Remaining, int? Limit, TimeSpan? Window)
{
    internal static PullQuota? Read(string? remaining, string? limit)
    {
        var (left, window) = Part(remaining);
        var (most, span) = Part(limit);
        return left is { } number ? new(number, most, span ?? window) : null;
    }

    // IETF draft "RateLimit header fields for HTTP", as Docker Hub has it: a number, then parameters
    private static (int? Number, TimeSpan? Window) Part(string? header)
    {
        var parts = header?.Split(';', StringSplitOptions.TrimEntries) ?? [];
        var window = parts.Skip(1).FirstOrDefault(p => p.StartsWith("w=", StringComparison.Ordinal)) is { } w && Whole(w[2..]) is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        return (Whole(parts.FirstOrDefault()), window);
    }

    private static int? Whole(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>One host, seen now.</summary>
/// <param name="UnderWay">Requests that it has not answered yet.</param>
/// <param name="Asked">Requests in all.</param>
/// <param name="Waiting">How long it still asks to be left alone; null when it does not.</param>
/// <param name="Waits">How often it asked for that.</param>
/// <param name="Quota">What it said last; null when it never did.</param>
public sealed record HostTraffic(string Host, int UnderWay, int Asked, TimeSpan? Waiting, int Waits, PullQuota? Quota);

/// <summary>What goes on between a client and its hosts, for progress and reports. Safe for many at once.</summary>
internal sealed class RegistryTraffic(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Counter> hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every host that was asked, by name.</summary>
    public IReadOnlyList<HostTraffic> Now => [.. hosts.OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => h.Value.Seen(h.Key, clock.GetUtcNow()))];

    /// <summary>How long the host still asks to be left alone; null when it does not.</summary>
    internal TimeSpan? Waiting(string host) => hosts.TryGetValue(host, out var counter) ? counter.Seen(host, clock.GetUtcNow()).Waiting : null;

    internal void Begins(string host) => Of(host).Change(c => c with { UnderWay = c.UnderWay + 1, Asked = c.Asked + 1 });

    internal void Ends(string host) => Of(host).Change(c => c with { UnderWay = c.UnderWay - 1 });

    internal void Says(string host, PullQuota quota) => Of(host).Change(c => c with { Quota = quota });

    internal void Waits(string host, TimeSpan wait)
    {
        var until = clock.GetUtcNow() + wait;
        Of(host).Change(c => c with { Waits = c.Waits + 1, Until = until > c.Until ? until : c.Until });
    }

    private Counter Of(string host) => hosts.GetOrAdd(host, _ => new Counter());

    private readonly record struct Counts(int UnderWay, int Asked, int Waits, DateTimeOffset Until, PullQuota? Quota);

    private sealed class Counter
    {
        private readonly Lock gate = new();
        private Counts counts;

        internal void Change(Func<Counts, Counts> change)
        {
            lock (gate)
            {
                counts = change(counts);
            }
        }

        internal HostTraffic Seen(string host, DateTimeOffset now)
        {
            lock (gate)
            {
                return new(host, counts.UnderWay, counts.Asked, counts.Until > now ? counts.Until - now : null, counts.Waits, counts.Quota);
            }
        }
    }
}
