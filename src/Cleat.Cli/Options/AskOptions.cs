using System.CommandLine;
using Cleat.Cli.Verbs;

namespace Cleat.Cli.Options;

/// <summary>Whether registries are asked about what runs, and which digest a pin is made to.</summary>
internal sealed class AskOptions
{
    private readonly Option<bool> asks = new("--registry") { Description = "Ask the registries too: does the tag still mean what runs?" };
    private readonly Option<string> to = CommonOptions.OneOf("--to", "Which digest to pin to: what runs, or what the tag means at the registry now.", "running", "registry");
    private readonly SourceOptions sources;

    public AskOptions(Command command)
    {
        command.Options.Add(asks);
        command.Options.Add(to);
        sources = new(command);
    }

    /// <summary>Opens what is asked beside, shows how far it is, and closes it when the look is over.</summary>
    public async Task<T> WithAsync<T>(ParseResult parsed, CleatConfig config, Terminal terminal, Func<LookOptions, Task<T>> look)
    {
        LookOptions settings = new() { Config = config, To = parsed.GetValue(to) == "registry" ? PinTo.Registry : PinTo.Running };
        if (settings.To == PinTo.Running && !parsed.GetValue(asks))
        {
            return await look(settings);
        }

        settings = settings with { Platform = sources.Platform(parsed) };
        using var registry = sources.Open(parsed, config);
        return await ResolveProgress.WatchAsync(registry, terminal, quiet: false, progress => look(settings with { Registry = registry, Progress = progress }));
    }
}
