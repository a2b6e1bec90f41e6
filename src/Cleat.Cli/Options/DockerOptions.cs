using System.CommandLine;
using Cleat.Cli.Verbs;
using Cleat.Configuration;
using Cleat.Findings;
using Cleat.References;
using Cleat.Registries;
using Cleat.Running.Docker;
using Cleat.Running;

namespace Cleat.Cli.Options;

/// <summary>Which engine is looked at, and what is asked beside it.</summary>
internal sealed class DockerOptions
{
    private readonly Option<string> host = new("--host", "-H") { Description = "The engine: unix:///path or tcp://host:port. Default: as docker finds it (DOCKER_HOST, the current context), then Podman's socket.", HelpName = "ADDRESS" };
    private readonly Option<string> context = new("--context") { Description = "The engine of this docker context.", HelpName = "NAME" };
    private readonly Option<int> wait = new("--engine-timeout") { Description = "Wait this many seconds for each answer of the engine.", HelpName = "SECONDS", DefaultValueFactory = _ => 30 };
    private readonly Option<bool> registry = new("--registry") { Description = "Ask the registries too: does the tag still mean what runs?" };
    private readonly Option<string> to = CommonOptions.OneOf("--to", "Which digest to pin to: what runs, or what the tag means at the registry now.", "running", "registry");
    private readonly SourceOptions sources;

    public DockerOptions(Command command)
    {
        foreach (Option option in (Option[])[host, context, wait, registry, to])
        {
            command.Options.Add(option);
        }

        sources = new(command);
    }

    /// <summary>Opens the engine that is meant.</summary>
    public EngineClient Open(ParseResult parsed)
    {
        if (parsed.GetValue(host) is not null && parsed.GetValue(context) is not null)
        {
            throw new UsageException("--host and --context name an engine each: say one of them");
        }

        var seconds = parsed.GetValue(wait);
        if (seconds is < 1 or > 3600)
        {
            throw new UsageException($"--engine-timeout {seconds} must be 1 to 3600");
        }

        var address = new EngineContexts(Environment.GetEnvironmentVariable).Find(parsed.GetValue(host), parsed.GetValue(context), out var problem) ?? throw new UsageException(problem!);
        return EngineClient.Open(address, TimeSpan.FromSeconds(seconds), out problem) ?? throw new UsageException(problem!);
    }

    /// <summary>Looks at the engine, and at the registries where that is asked for.</summary>
    public async Task<Seen> LookAsync(ParseResult parsed, CleatConfig config, Terminal terminal, CancellationToken cancellation)
    {
        using var engine = Open(parsed);
        var state = await EngineState.ReadAsync(engine, cancellation);
        List<JobError> errors = [.. state.Problems.Select(p => new JobError(null, null, "engine", p))];
        var uses = EngineUses.Of(state);
        var toRegistry = parsed.GetValue(to) == "registry";
        if (parsed.GetValue(registry) || toRegistry)
        {
            uses = await AskAsync(parsed, config, uses, toRegistry, errors, terminal, cancellation);
        }

        var fix = EngineFix.For(engine.Address, parsed.GetValue(host) is not null || parsed.GetValue(context) is not null, new EngineImages(state.Images));
        return new([.. uses.Select(use => fix.With(ComposeSource.With(use)))], errors);
    }

    private async Task<IReadOnlyList<RunningUse>> AskAsync(ParseResult parsed, CleatConfig config, IReadOnlyList<RunningUse> uses, bool toRegistry, List<JobError> errors, Terminal terminal, CancellationToken cancellation)
    {
        var platform = sources.Platform(parsed) ?? config.Pin.Platform;
        var wanted = uses.Select(u => u.Use.Reference).OfType<ImageReference>().Where(r => r.Digest is null || r.Tag is not null).Select(r => (r, platform)).ToList();
        using var source = sources.Open(parsed, config);
        var resolved = await ResolveProgress.RunAsync(source, wanted, terminal, quiet: false, cancellation);
        errors.AddRange(resolved.Where(r => r.Value is not Resolution.Resolved).OrderBy(r => r.Key.Reference, StringComparer.Ordinal)
            .Select(r => new JobError(null, null, "resolve", $"{r.Key.Reference}: {r.Value.Describe()}")));
        return [.. uses.Select(use => use.Use.Reference is { } reference && resolved.GetValueOrDefault(ResolutionKey.Of(reference, platform)) is Resolution.Resolved now
            ? use.Compared(now.Digest, toRegistry)
            : use)];
    }
}

/// <summary>What an engine or a cluster runs, and what of it could not be seen.</summary>
internal sealed record Seen(IReadOnlyList<RunningUse> Uses, IReadOnlyList<JobError> Errors);
