using Cleat.References;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Running.Docker;

/// <summary>The lines that pin what an engine runs.</summary>
/// <param name="docker">The docker program with what names the engine: <c>docker --context prod</c>.</param>
/// <param name="images">The images of that engine.</param>
internal sealed class EngineFix(string docker, EngineImages images)
{
    /// <summary>How the docker program is told of an engine that is not its own choice.</summary>
    /// <param name="named">True when the command line named the engine.</param>
    public static EngineFix For(EngineAddress address, bool named, EngineImages images) => new(
        address.Socket?.EndsWith("podman.sock", StringComparison.Ordinal) == true ? $"podman --url {ShellWord.Of(address.Host)}"
            : !named ? "docker" : address.Name.Contains("://", StringComparison.Ordinal) || address.Name == address.Base.Authority ? $"docker --host {ShellWord.Of(address.Host)}" : $"docker --context {ShellWord.Of(address.Name)}",
        images);

    /// <summary>The use with the lines that fix it; none where nothing is wrong.</summary>
    public EngineUse With(EngineUse use)
    {
        var running = use.Running;
        if (running.Use is not { Verdict: Verdict.Unpinned, Reference: { } asked })
        {
            return use;
        }

        List<Digest> choices = [.. running.Running.Select(r => r.Digest).OfType<Digest>().Concat(use.Elsewhere).Concat(new[] { running.MeansNow }.OfType<Digest>()).Distinct()
            .Where(d => d == running.MeansNow || images.Has(asked, d))];
        IReadOnlyList<string> fix = running.Pin is { } pin ? [.. Lines(use, asked, pin)]
            : running.Mixed && choices.Count > 0 ? [.. Choice(running, asked, choices)]
            : use.NoPin is { } instead ? [ShellWord.Comment(instead)]
            : running.Fix;
        return use with { Running = running with { Fix = fix } };
    }

    private static IEnumerable<string> Choice(RunningUse use, ImageReference asked, List<Digest> choices)
    {
        yield return use.Workload.Kind == "SwarmService"
            ? "# choose one, and update the service to it (or let --to registry choose what the tag means now):"
            : "# choose one, and start all of it from that (or let --to registry choose what the tag means now):";
        foreach (var digest in choices)
        {
            yield return $"#   {EngineUses.Pinned(asked, digest).Text}{(digest == use.MeansNow ? "  (what the tag means now)" : "")}";
        }
    }

    private IEnumerable<string> Lines(EngineUse use, ImageReference asked, Pin pin)
    {
        var workload = use.Running.Workload;
        var name = ShellWord.Operands(workload.Name);
        switch (workload.Kind)
        {
            case "SwarmService":
                yield return $"{docker} service update --image {ShellWord.Of(pin.Text)} {name}";
                if (workload.Namespace is not null)
                {
                    yield return ShellWord.Comment($"and write image: {pin.Text} in the stack's file, or the next deploy takes the tag again");
                }

                break;
            case "ServiceBuild":
                var files = use.ComposeFiles;
                yield return ShellWord.Comment($"write image: {pin.Text} for services.{workload.Name} in {(files.Count == 0 ? "the compose file" : string.Join(" or ", files))}, then");
                yield return $"{docker} compose{string.Concat(files.Select(f => $" -f {ShellWord.Of(f.Path)}"))} -p {ShellWord.Of(workload.Namespace ?? "")} up -d {name}";
                break;
            default:
                yield return $"{docker} pull {ShellWord.Operands($"{asked.Name}@{pin.Digest}")}";
                yield return ShellWord.Comment($"then remove {workload.Name} and run it again with {pin.Text} as its image; {docker} inspect {name} shows its other options");
                break;
        }
    }
}
