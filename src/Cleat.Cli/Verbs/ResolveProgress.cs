using Cleat.Cli.Options;

namespace Cleat.Cli.Verbs;

/// <summary>Shows how far a resolution is, in a line of progress where a person looks; where none does, only a registry's wish to wait is said.</summary>
internal static class ResolveProgress
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks, and shows how far it is.</summary>
    /// <param name="registry">Null where nobody is asked.</param>
    public static async Task<T> WatchAsync<T>(RegistryClient? registry, CommonValues options, Terminal terminal, Func<IProgress<(int Done, int Total)>, Task<T>> ask)
    {
        var answer = await WatchAsync(registry, terminal, options.Quiet, ask);
        Tell(registry, options.Verbose, terminal);
        return answer;
    }

    /// <inheritdoc cref="WatchAsync{T}(RegistryClient?, CommonValues, Terminal, Func{IProgress{ValueTuple{int, int}}, Task{T}})"/>
    public static async Task<T> WatchAsync<T>(RegistryClient? registry, Terminal terminal, bool quiet, Func<IProgress<(int Done, int Total)>, Task<T>> ask)
    {
        if (registry?.Problem is { } problem)
        {
            terminal.Say($"warning: {problem}");
        }

        Count count = new();
        if (quiet || registry is null)
        {
            return await ask(count);
        }

        using CancellationTokenSource stop = new();
        var looking = LookAsync(registry, count, terminal, stop.Token);
        try
        {
            return await ask(count);
        }
        finally
        {
            await stop.CancelAsync();
            await looking;
        }
    }

    /// <summary>Says at the end, under <c>--verbose</c>, how much was asked and what the hosts still give.</summary>
    public static void Tell(RegistryClient? registry, bool verbose, Terminal terminal)
    {
        foreach (var line in verbose && registry is not null ? ResolveBar.Summary(registry.Hosts) : [])
        {
            terminal.Say($"note: {line}");
        }
    }

    private static async Task LookAsync(RegistryClient registry, Count count, Terminal terminal, CancellationToken stop)
    {
        Dictionary<string, int> said = [];
        var drawn = false;
        using PeriodicTimer timer = new(Redraw);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                var hosts = registry.Hosts;
                if (terminal.ErrorIsTerminal && count.Total > 1)
                {
                    drawn = true;
                    await terminal.Error.WriteAsync($"\r\e[K{ResolveBar.Text(count.Done, count.Total, hosts, Width())}");
                    continue;
                }

                foreach (var host in hosts.Where(h => h.Waiting?.TotalSeconds >= 1 && h.Waits > said.GetValueOrDefault(h.Host)))
                {
                    said[host.Host] = host.Waits;
                    terminal.Say($"note: {host.Host} asks to wait {ResolveBar.Time(host.Waiting!.Value)} (rate limit)");
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

    private sealed class Count : IProgress<(int Done, int Total)>
    {
        private volatile int done;
        private volatile int total;

        public int Done => done;

        public int Total => total;

        // reports come from many threads, not always in order
        public void Report((int Done, int Total) value)
        {
            total = value.Total;
            for (var seen = done; value.Done > seen; seen = done)
            {
                Interlocked.CompareExchange(ref done, value.Done, seen);
            }
        }
    }
}
