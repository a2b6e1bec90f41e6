using System.CommandLine;
using Cleat.Cli.Help;
using Cleat.Cli.Options;

namespace Cleat.Cli.Verbs;

/// <summary><c>cleat cluster pin</c>: the commands that pin what runs, or the change itself.</summary>
internal static class ClusterPinCommand
{
    public static Command Create(Terminal terminal)
    {
        Command command = new("pin", "Print the commands that pin what runs; --apply does it.");
        RunningOptions running = new(command, formats: false);
        ClusterOptions clusters = new(command);
        AskOptions looking = new(command);
        var format = CommonOptions.OneOf("--format", "What is printed: kubectl commands, or strategic-merge patches in YAML.", "commands", "patch");
        Option<bool> apply = new("--apply") { Description = "Make the changes in the cluster: each is tried first with a server-side dry run, and its rollout is waited for until it is accepted." };
        Option<bool> force = new("--force") { Description = "Also change what Argo CD, Flux, Helm or an owner makes, which they may take back." };
        Option<string> source = new("--source") { Description = "Pin the manifests in this checkout instead, where they are those of the workloads.", HelpName = "DIR" };
        foreach (Option option in (Option[])[format, apply, force, source])
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = parsed.GetValue(source);
            if (folder is not null && parsed.GetValue(apply))
            {
                throw new UsageException("--source changes the manifests and --apply the cluster: say one of them");
            }

            if (folder is not null && !Directory.Exists(folder))
            {
                throw new UsageException($"--source: no such folder: {folder}");
            }

            var config = running.Config(parsed, folder ?? ".");
            return await clusters.WithAsync(parsed, terminal, async cluster =>
            {
                if (folder is not null)
                {
                    var report = ImageTree.Open([folder], new() { Config = config }).Judge(cancellation);
                    return ManifestPin.Write(await looking.WithAsync(parsed, config, terminal, look => report.PlanClusterPinsAsync(cluster, look, cancellation)), terminal, cancellation);
                }

                var plan = await looking.WithAsync(parsed, config, terminal, look => cluster.PlanAsync(look, parsed.GetValue(force), cancellation));
                return await new RunningPin(plan, terminal) { Apply = parsed.GetValue(apply), AsPatches = parsed.GetValue(format) == "patch" }.RunAsync(cancellation);
            }, cancellation);
        });
        return command.WithExamples(terminal, """
            Examples:
              cleat cluster pin                    the commands that pin it, to read and to run
              cleat cluster pin -n shop --format patch > patches.yaml
              cleat cluster pin --to registry      to what the tags mean now, in place of what runs
              cleat cluster pin --apply            tried first by the server, then done
              cleat cluster pin --source ./deploy  the manifests that made it, in place of the cluster

            Exit codes: 0 done, 1 something is left to do, 2 wrong command line, 3 something could not be seen or done.
            """);
    }
}
