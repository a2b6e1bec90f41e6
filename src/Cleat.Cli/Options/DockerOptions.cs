using System.CommandLine;

namespace Cleat.Cli.Options;

/// <summary>Which engine is looked at.</summary>
internal sealed class DockerOptions
{
    private readonly Option<string> host = new("--host", "-H") { Description = "The engine: unix:///path or tcp://host:port. Default: as docker finds it (DOCKER_HOST, the current context), then Podman's socket.", HelpName = "ADDRESS" };
    private readonly Option<string> context = new("--context") { Description = "The engine of this docker context.", HelpName = "NAME" };
    private readonly Option<int> wait = new("--engine-timeout") { Description = "Wait this many seconds for each answer of the engine.", HelpName = "SECONDS", DefaultValueFactory = _ => 30 };

    public DockerOptions(Command command)
    {
        foreach (Option option in (Option[])[host, context, wait])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Opens the engine that is meant.</summary>
    public DockerEngine Open(ParseResult parsed)
    {
        DockerSettings settings = new() { Host = parsed.GetValue(host), Context = parsed.GetValue(context), RequestTime = RunningOptions.Seconds(parsed, wait) };
        try
        {
            return DockerEngine.Open(settings);
        }
        catch (CleatException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
