using System.CommandLine;
using Cleat.Cli.Options;
using Cleat.Cli.Reports;
using Cleat.Running.Docker;
using Cleat.Running;
using Cleat.Uses;

namespace Cleat.Cli.Verbs;

/// <summary><c>cleat docker</c>: what a Docker engine or a swarm runs; <c>cleat docker pin</c>: the fix.</summary>
internal static class DockerCommand
{
    public static Command Create(Terminal terminal)
    {
        Command command = new("docker", "Judge what a Docker engine, a swarm or Podman runs. Changes nothing.");
        RunningOptions running = new(command);
        DockerOptions docker = new(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var output = running.Output(parsed, terminal);
            var config = running.Config(parsed);
            var seen = await docker.LookAsync(parsed, config, terminal, cancellation);
            return ReportWriter.Write(RunningOptions.Report(seen.Uses, seen.Errors, config), output, terminal, ReportKind.Check);
        });
        command.Subcommands.Add(Pin(terminal));
        return command.WithExamples("""
            Examples:
              cleat docker                         what this machine's engine runs
              cleat docker --context prod --format html -o runs.html
              cleat docker --registry              and does each tag still mean what runs?
              cleat docker pin                     the commands that pin it, to read and to run
              cleat docker pin --apply             swarm services are updated at once

            Exit codes: 0 all pinned, 1 findings, 2 wrong command line, 3 something could not be seen.
            """);
    }

    private static Command Pin(Terminal terminal)
    {
        Command command = new("pin", "Print the commands that pin what runs; --apply updates swarm services.");
        RunningOptions running = new(command, formats: false);
        DockerOptions docker = new(command);
        Option<bool> apply = new("--apply") { Description = "Update the swarm's services, after showing them. Containers are never touched: they would have to be made anew." };
        command.Options.Add(apply);
        command.SetAction(async (parsed, cancellation) =>
        {
            var config = running.Config(parsed);
            var seen = await docker.LookAsync(parsed, config, terminal, cancellation);
            var report = RunningOptions.Report(seen.Uses, seen.Errors, config);
            return await RunningPin.RunAsync(report, terminal, parsed.GetValue(apply) ? use => ApplyAsync(docker, parsed, use, cancellation) : null);
        });
        return command;
    }

    private static async Task<string?> ApplyAsync(DockerOptions docker, ParseResult parsed, RunningUse use, CancellationToken cancellation)
    {
        using var engine = docker.Open(parsed);
        return await EngineUpdate.ImageAsync(engine, use.Workload.Name, use.Use.Text, use.Pin!.Text, cancellation);
    }
}
