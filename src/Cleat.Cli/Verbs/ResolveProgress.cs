using Cleat.Cli.Options;
using Cleat.Findings;
using Cleat.References;
using Cleat.Registries.Client;
using Cleat.Registries;

namespace Cleat.Cli.Verbs;

/// <summary>Resolves with a line of progress where a person looks; where none does, only a registry's wish to wait is said.</summary>
internal static class ResolveProgress
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);

    public static async Task<IReadOnlyDictionary<ResolutionKey, Resolution>> RunAsync(Source source, IReadOnlyCollection<(ImageReference Reference, string? Platform)> wanted, Terminal terminal, bool quiet, CancellationToken cancellation)
    {
        if (source.Problem is { } problem)
        {
            await terminal.Error.WriteLineAsync($"warning: {problem}");
        }

        if (quiet || wanted.Count == 0)
        {
            return await source.Resolver.ResolveAllAsync(wanted, null, cancellation);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Count count = new(wanted.DistinctBy(w => ResolutionKey.Of(w.Reference, w.Platform)).Count());
        var shown = terminal.ErrorIsTerminal && wanted.Count > 1;
        var looking = LookAsync(source.Client?.Traffic, count, shown, terminal.Error, stop.Token);
        try
        {
            return await source.Resolver.ResolveAllAsync(wanted, count, cancellation);
        }
        finally
        {
            await stop.CancelAsync();
            await looking;
        }
    }

    /// <summary>Says at the end, under <c>--verbose</c>, how much was asked and what the hosts still give.</summary>
    public static void Tell(Source source, bool verbose, Terminal terminal)
    {
        foreach (var line in verbose && source.Client is { } client ? ResolveBar.Summary(client.Traffic.Now) : [])
        {
            terminal.Error.WriteLine($"note: {line}");
        }
    }

    private static async Task LookAsync(RegistryTraffic? traffic, Count count, bool shown, TextWriter error, CancellationToken stop)
    {
        Dictionary<string, int> said = [];
        using PeriodicTimer timer = new(Redraw);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                var hosts = traffic?.Now ?? [];
                if (shown)
                {
                    await error.WriteAsync($"\r\e[K{ResolveBar.Text(count.Done, count.Total, hosts, Width())}");
                    continue;
                }

                foreach (var host in hosts.Where(h => h.Waiting?.TotalSeconds >= 1 && h.Waits > said.GetValueOrDefault(h.Host)))
                {
                    said[host.Host] = host.Waits;
                    await error.WriteLineAsync($"note: {host.Host} asks to wait {ResolveBar.Time(host.Waiting!.Value)} (rate limit)");
                }
            }
        }
        catch (OperationCanceledException)
        {
            if (shown)
            {
                await error.WriteAsync("\r\e[K");
            }
        }
    }

    private static int Width()
    {
        try
        {
            return Console.WindowWidth is > 0 and var columns ? columns : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }

    private sealed class Count(int total) : IProgress<ResolutionProgress>
    {
        private volatile int done;

        public int Done => done;

        public int Total => total;

        // reports come from many threads, not always in order
        public void Report(ResolutionProgress value)
        {
            for (var seen = done; value.Done > seen; seen = done)
            {
                Interlocked.CompareExchange(ref done, value.Done, seen);
            }
        }
    }
}
