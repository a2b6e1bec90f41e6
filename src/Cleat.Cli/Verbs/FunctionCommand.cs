using System.CommandLine;
using Cleat.Cli.Help;
using Cleat.Cli.Options;

namespace Cleat.Cli.Verbs;

/// <summary><c>cleat fn</c>: a KRM function, as kustomize and kpt run it.</summary>
internal static class FunctionCommand
{
    private const string Pins = "pin";
    private const string Checks = "check";

    public static Command Create(Terminal terminal)
    {
        Command command = new("fn", "Run as a KRM function of kustomize or kpt: pin or check a ResourceList from standard input.");
        Option<bool> check = new("--check") { Description = "Change nothing; every image without a digest is an error." };
        Option<string> config = new("--config") { Description = "The config. Default: .cleat.yaml in this folder or above it, up to the repository's root.", HelpName = "FILE" };
        command.Options.Add(check);
        command.Options.Add(config);
        SourceOptions sources = new(command);
        LockOptions locking = new(command, mayBeOffline: true);
        command.SetAction(async (parsed, cancellation) =>
        {
            using MemoryStream text = new();
            await terminal.In.CopyToAsync(text, cancellation);
            var settings = CommonOptions.Config(parsed.GetValue(config), ".");
            var list = ResourceList.Read(text.ToArray(), new() { Config = settings });
            var report = list.Judge(cancellation);
            if (parsed.GetValue(check) || Mode(list) == Checks)
            {
                return End(terminal, list, null, [.. Problems(report), .. report.Findings.Where(f => f.IsOpen).Select(Checked)]);
            }

            PinOptions pinning = new() { Platform = sources.Platform(parsed), Lock = locking.Read(parsed) };
            using var registry = locking.Open(parsed, sources, settings);
            var plan = await report.PlanPinsAsync(registry, pinning, cancellation);
            return End(terminal, list, plan, [.. Problems(plan.Report), .. plan.Changes.SelectMany(c => c.Findings).Select(f => new FunctionResult(f, "info", $"pinned {f.Use.Image}", f.Pin?.Text))]);
        });
        return command.WithExamples(terminal, """
            Examples:
              cleat fn < resources.yaml > pinned.yaml
              kpt fn eval --exec "cleat fn" manifests
              kustomize build --enable-alpha-plugins --enable-exec .      with, in a file that `transformers` names:

                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: pin
                  annotations:
                    config.kubernetes.io/function: |
                      exec: {path: ./pin.sh}                          a script: exec cleat fn --lock cleat.lock
                data:
                  mode: pin                                               or check

            Exit codes: 0 done, 1 an image is not pinned, 2 wrong command line or no ResourceList.
            """);
    }

    private static string Mode(ResourceList list) => list.Setting("mode") switch
    {
        null or Pins => Pins,
        Checks => Checks,
        var other => throw new UsageException($"functionConfig: mode is {Pins} or {Checks}, not '{other}'"),
    };

    private static IEnumerable<FunctionResult> Problems(Report report) => report.Errors.Select(e =>
        new FunctionResult(report.Findings.FirstOrDefault(f => e.Position is { } at && f.Position == at), "error", e.Message));

    private static FunctionResult Checked(Findings.Finding finding) =>
        new(finding, finding.Rule!.Severity == Uses.Severity.Error ? "error" : finding.Rule.Severity == Uses.Severity.Warning ? "warning" : "info", $"{finding.Rule.Name}: {finding.Use.Image}: {finding.Use.Problem ?? finding.Rule.Summary}");

    // kustomize drops the results: what is wrong is said on standard error, too
    private static int End(Terminal terminal, ResourceList list, PinPlan? plan, IReadOnlyList<FunctionResult> results)
    {
        foreach (var wrong in results.Where(r => r.Severity == "error"))
        {
            terminal.Say($"cleat fn: {(wrong.Finding is { } finding ? $"{finding.Use.Path}: " : "")}{wrong.Message}");
        }

        terminal.Out.Write(list.Write(plan, results));
        terminal.Out.Flush();
        return results.Any(r => r.Severity == "error") ? ExitCode.Findings : ExitCode.Done;
    }
}
