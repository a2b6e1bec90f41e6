using System.CommandLine;
using Cleat.Cli.Help;
using Cleat.Cli.Options;
using Cleat.Cli.Reports;

namespace Cleat.Cli.Verbs;

/// <summary><c>cleat docker</c>: what a Docker engine or a swarm runs; <c>cleat docker pin</c>: the fix.</summary>
internal static class DockerCommand
{
    public static Command Create(Terminal terminal)
    {
        Command command = new("docker", "Judge what a Docker engine, a swarm or Podman runs. Changes nothing.");
        RunningOptions running = new(command);
        DockerOptions docker = new(command);
        AskOptions looking = new(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var output = running.Output(parsed, terminal);
            var config = running.Config(parsed);
            using var engine = docker.Open(parsed);
            var report = await looking.WithAsync(parsed, config, terminal, look => engine.LookAsync(look, cancellation));
            return ReportWriter.Write(report, output, terminal, ReportKind.Check);
        });
        command.Subcommands.Add(Pin(terminal));
        return command.WithExamples(terminal, """
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
        AskOptions looking = new(command);
        Option<bool> apply = new("--apply") { Description = "Update the swarm's services, after showing them. Containers are never touched: they would have to be made anew." };
        command.Options.Add(apply);
        command.SetAction(async (parsed, cancellation) =>
        {
            var config = running.Config(parsed);
            using var engine = docker.Open(parsed);
            var plan = await looking.WithAsync(parsed, config, terminal, look => engine.PlanAsync(look, cancellation));
            return await new RunningPin(plan, terminal) { Apply = parsed.GetValue(apply) }.RunAsync(cancellation);
        });
        return command.WithExamples(terminal, """
            Examples:
              cleat docker pin                     the commands that pin it, to read and to run
              cleat docker pin --to registry       to what the tags mean now, in place of what runs
              cleat docker pin --context prod --apply    swarm services are updated at once

            Exit codes: 0 nothing is left to do, 1 something is, 2 wrong command line, 3 something could not be seen or done.
            """);
    }
}
