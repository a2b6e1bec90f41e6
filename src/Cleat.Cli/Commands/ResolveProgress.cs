using Cleat.Registries;

namespace Cleat.Cli.Commands;

/// <summary>Resolves with a line of progress where a person looks, and nothing where none does.</summary>
internal static class ResolveProgress
{
    public static async Task<IReadOnlyDictionary<ResolveKey, Resolution>> RunAsync(Source source, IReadOnlyCollection<ResolveKey> wanted, Terminal terminal, bool quiet, CancellationToken cancellation)
    {
        foreach (var problem in source.Problems)
        {
            await terminal.Error.WriteLineAsync($"warning: {problem}");
        }

        var shown = terminal.ErrorIsTerminal && !quiet && wanted.Count > 1;
        var result = await source.Resolver.ResolveAllAsync(wanted, shown ? new Line(terminal.Error) : null, cancellation);
        if (shown)
        {
            await terminal.Error.WriteAsync("\r\e[K");
        }

        return result;
    }

    private sealed class Line(TextWriter writer) : IProgress<ResolveCount>
    {
        private readonly Lock gate = new();

        public void Report(ResolveCount value)
        {
            lock (gate)
            {
                writer.Write($"\r\e[Kresolving {value.Done} of {value.All} tags");
            }
        }
    }
}
