using System.CommandLine;
using Cleat.Cli.Options;
using Cleat.Run;
using Cleat.Running.Kubernetes;
using Cleat.Uses;

namespace Cleat.Cli.Verbs;

/// <summary><c>cleat cluster pin</c>: the commands that pin what runs, or the change itself.</summary>
internal static class ClusterPinCommand
{
    public static Command Create(Terminal terminal)
    {
        Command command = new("pin", "Print the commands that pin what runs; --apply does it.");
        RunningOptions running = new(command, formats: false);
        ClusterOptions cluster = new(command);
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

            var config = running.Config(parsed);
            using var api = await cluster.ConnectAsync(parsed, terminal, cancellation);
            var seen = await cluster.LookAsync(api, parsed, config, terminal, cancellation);
            WorkloadReport report = new(api.Access.Name, cluster.Kubectl(parsed), cluster.To(parsed));
            var open = new Judging(config).Judge(seen.Uses.Select(u => report.Of(u, seen.Now(u)))).Zip(seen.Uses)
                .Where(f => f.First.IsOpen && f.First.Use.Verdict == Verdict.Unpinned).Select(f => f.Second)
                .OrderBy(u => u.Workload.Namespace, StringComparer.Ordinal).ThenBy(u => u.Workload.Kind.Kind, StringComparer.Ordinal).ThenBy(u => u.Workload.Name, StringComparer.Ordinal).ToList();
            ClusterPin pin = new(open.ToLookup(u => u.Workload), use => (ImageChange.Of(use, cluster.To(parsed), seen.Now(use), out var why), why), terminal)
            {
                Kubectl = cluster.Kubectl(parsed),
                Patches = parsed.GetValue(format) == "patch",
                Force = parsed.GetValue(force) || folder is not null,
            };
            pin.Errors.AddRange(seen.Errors);
            return folder is not null ? pin.InSource(folder, config, cancellation) : await pin.RunAsync(parsed.GetValue(apply) ? new ClusterUpdate(api) : null, cancellation);
        });
        return command;
    }
}
