using Cleat.Findings;
using Cleat.Running.Docker;
using Cleat.Running.Plans;
using Cleat.Running;
using Cleat.Text;

namespace Cleat;

/// <summary>A Docker engine, a swarm's manager, or Podman: what it runs, judged as references in files are, and what pins it.</summary>
public sealed class DockerEngine : IDisposable
{
    private readonly EngineClient client;
    private readonly bool isNamed;

    private DockerEngine(EngineClient client, bool isNamed)
    {
        this.client = client;
        this.isNamed = isNamed;
    }

    /// <summary>The docker context's name, or the address.</summary>
    public string Name => client.Address.Name;

    /// <summary>Finds the engine and reads its certificates; nothing is asked yet.</summary>
    /// <exception cref="CleatException">There is none under that name, or a certificate cannot be used.</exception>
    public static DockerEngine Open(DockerSettings settings)
    {
        if (settings is { Host: not null, Context: not null })
        {
            throw new CleatException("--host and --context name an engine each: say one of them");
        }

        var address = new EngineContexts(settings.Environment).Find(settings.Host, settings.Context, out var problem) ?? throw new CleatException(problem!);
        var client = EngineClient.Open(address, settings.RequestTime, out problem) ?? throw new CleatException(problem!);
        return new(client, settings.Host is not null || settings.Context is not null);
    }

    /// <summary>Looks at everything that runs, or has run and is stopped, and judges it. What could not be seen is among the errors.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<Report> LookAsync(LookOptions options, CancellationToken cancellation = default)
    {
        var (uses, errors) = await SeeAsync(options, cancellation);
        return RunningReport.Of([.. uses.Select(u => u.Running)], errors, options.Config);
    }

    /// <summary>Looks, and says what pins it. Services of a swarm can be pinned at once; containers have to be made anew.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<RunningPlan> PlanAsync(LookOptions options, CancellationToken cancellation = default)
    {
        var (uses, errors) = await SeeAsync(options, cancellation);
        var report = RunningReport.Of([.. uses.Select(u => u.Running)], errors, options.Config);
        var updatable = uses.Where(u => u.CanUpdate).Select(u => u.Running).ToHashSet(ReferenceEqualityComparer.Instance);
        return new(report, [.. report.Findings.Where(f => ChangePermission.ToPin(f) is null).Select(f => Step(f.Running!, updatable.Contains(f.Running!)))]);
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<(IReadOnlyList<EngineUse> Uses, IReadOnlyList<JobError> Errors)> SeeAsync(LookOptions options, CancellationToken cancellation)
    {
        var state = await EngineState.ReadAsync(client, cancellation);
        var uses = EngineUses.Of(state);
        var meanings = await TagMeanings.AskAsync(options, [.. uses.Where(u => u.Running.Use.Reference is not null).Select(u => new AskedTag(u.Running.Use.Reference!, []))], options.Platform ?? options.Config.Pin.Platform, cancellation);
        var fix = EngineFix.For(client.Address, isNamed, new EngineImages(state.Images));
        return (
            [.. uses.Select(u => fix.With(u.With(meanings.Of(u.Running.Use.Reference), options.To)))],
            [.. state.Problems.Select(p => new JobError(null, null, "engine", p)), .. meanings.Errors]);
    }

    private RunningStep Step(RunningUse use, bool canUpdate)
    {
        var pin = canUpdate ? use.Pin : null;
        return new(use.Workload, [ShellWord.Comment($"{use.Workload}: {use.Use.Text}"), .. use.Fix])
        {
            Code = "write",
            Problem = use is { Mixed: true, Pin: null } ? new(null, null, "pin", $"{use.Workload}: it runs as several images, so that which one to pin is for you to choose") : null,
            Done = pin is null ? null : $"{use.Workload} asks for {pin.Text} now",
            Change = async cancellation => await EngineUpdate.ImageAsync(client, use.Workload.Name, use.Use.Text, pin!.Text, cancellation) is { } why ? $"was not changed: {why}" : null,
        };
    }
}
