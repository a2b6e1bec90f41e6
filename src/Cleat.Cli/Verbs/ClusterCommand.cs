using System.CommandLine;
using Cleat.Cli.Help;
using Cleat.Cli.Options;
using Cleat.Cli.Reports;

namespace Cleat.Cli.Verbs;

/// <summary><c>cleat cluster</c>: what a Kubernetes cluster runs; <c>cleat cluster pin</c>: the fix.</summary>
internal static class ClusterCommand
{
    public static Command Create(Terminal terminal)
    {
        Command command = new("cluster", "Judge what a Kubernetes cluster runs. Changes nothing.");
        RunningOptions running = new(command);
        ClusterOptions clusters = new(command);
        AskOptions looking = new(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var output = running.Output(parsed, terminal);
            var config = running.Config(parsed);
            var report = await clusters.WithAsync(parsed, terminal, cluster => looking.WithAsync(parsed, config, terminal, look => cluster.LookAsync(look, cancellation)), cancellation);
            return ReportWriter.Write(report, output, terminal, ReportKind.Check);
        });
        command.Subcommands.Add(ClusterPinCommand.Create(terminal));
        return command.WithExamples(terminal, """
            Examples:
              cleat cluster                        the current context's namespace
              cleat cluster -A --registry          all of it, and does each tag still mean what runs?
              cleat cluster -n shop -l app=web --format json
              cleat cluster pin                    the commands that pin it, to read and to run
              cleat cluster pin --apply            tried first by the server, then done
              cleat cluster pin --source ./deploy  the manifests that made it, in place of the cluster

            Exit codes: 0 all pinned, 1 findings, 2 wrong command line, 3 something could not be seen.
            """);
    }
}
