using Cleat.Cli.Options;
using Cleat.Findings;
using Cleat.References;
using Cleat.Registries.Client;
using Cleat.Registries;

namespace Cleat.Cli.Verbs;

/// <summary>Shows how far a resolution is, in a line of progress where a person looks; where none does, only a registry's wish to wait is said.</summary>
internal sealed class ResolveProgress : IProgress<ResolutionProgress>, IAsyncDisposable
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource stop = new();
    private readonly Task shown;
    private volatile int done;
    private volatile int total;

    private ResolveProgress(Source source, Terminal terminal, int total)
    {
        this.total = total;
        shown = ShowAsync(source.Client?.Traffic, terminal);
    }

    /// <summary>Begins to show what is reported to it, until it is disposed.</summary>
    /// <param name="total">How many references are asked about; 0 where only the first report says so.</param>
    public static ResolveProgress Start(Source source, Terminal terminal, int total = 0)
    {
        if (source.Problem is { } problem)
        {
            terminal.Error.WriteLine($"warning: {problem}");
        }

        return new(source, terminal, total);
    }

    public static async Task<IReadOnlyDictionary<ResolutionKey, Resolution>> RunAsync(Source source, IReadOnlyCollection<(ImageReference Reference, string? Platform)> wanted, Terminal terminal, bool quiet, CancellationToken cancellation)
    {
        if (quiet || wanted.Count == 0)
        {
            if (source.Problem is { } problem)
            {
                await terminal.Error.WriteLineAsync($"warning: {problem}");
            }

            return await source.Resolver.ResolveAllAsync(wanted, null, cancellation);
        }

        await using var progress = Start(source, terminal, wanted.DistinctBy(w => ResolutionKey.Of(w.Reference, w.Platform)).Count());
        return await source.Resolver.ResolveAllAsync(wanted, progress, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await shown;
        stop.Dispose();
    }

    // reports come from many threads, not always in order
    public void Report(ResolutionProgress value)
    {
        total = value.Total;
        for (var seen = done; value.Done > seen; seen = done)
        {
            Interlocked.CompareExchange(ref done, value.Done, seen);
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

    private async Task ShowAsync(RegistryTraffic? traffic, Terminal terminal)
    {
        Dictionary<string, int> said = [];
        var drawn = false;
        using PeriodicTimer timer = new(Redraw);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                var hosts = traffic?.Now ?? [];
                if (terminal.ErrorIsTerminal && total > 1)
                {
                    drawn = true;
                    await terminal.Error.WriteAsync($"\r\e[K{ResolveBar.Text(done, total, hosts, Width())}");
                    continue;
                }

                foreach (var host in hosts.Where(h => h.Waiting?.TotalSeconds >= 1 && h.Waits > said.GetValueOrDefault(h.Host)))
                {
                    said[host.Host] = host.Waits;
                    await terminal.Error.WriteLineAsync($"note: {host.Host} asks to wait {ResolveBar.Time(host.Waiting!.Value)} (rate limit)");
                }
            }
        }
        catch (OperationCanceledException)
        {
            if (drawn)
            {
                await terminal.Error.WriteAsync("\r\e[K");
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
}
