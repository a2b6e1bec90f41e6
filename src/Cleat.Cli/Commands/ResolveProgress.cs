using Cleat.References;
using Cleat.Registries;

namespace Cleat.Cli.Commands;

/// <summary>Resolves with a line of progress where a person looks, and nothing where none does.</summary>
internal static class ResolveProgress
{
    public static async Task<IReadOnlyDictionary<ResolutionKey, Resolution>> RunAsync(Source source, IReadOnlyCollection<(ImageReference Reference, string? Platform)> wanted, Terminal terminal, bool quiet, CancellationToken cancellation)
    {
        if (source.Problem is { } problem)
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

    private sealed class Line(TextWriter writer) : IProgress<ResolutionProgress>
    {
        private readonly Lock gate = new();

        public void Report(ResolutionProgress value)
        {
            lock (gate)
            {
                writer.Write($"\r\e[Kresolving {value.Done} of {value.Total} tags");
            }
        }
    }
}
