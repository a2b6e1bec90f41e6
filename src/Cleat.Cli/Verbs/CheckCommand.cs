using System.CommandLine;
using Cleat.Cli.Help;
using Cleat.Cli.Options;
using Cleat.Cli.Reports;

namespace Cleat.Cli.Verbs;

/// <summary><c>cleat check</c>: judge every reference; offline; changes nothing.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        Command command = new("check", "Judge every image reference. Offline; changes nothing.");
        CommonOptions common = new(command);
        AdoptionOptions adoption = new(command);
        GateOptions gate = new(command);
        command.SetAction((parsed, cancellation) =>
        {
            var options = common.Read(parsed, terminal);
            var failOn = gate.Read(parsed);
            var baseline = adoption.Read(parsed);
            Input input = new(options, terminal, readOnly: true, adoption.Since(parsed, options));
            var report = Mistakes.Under("--since", () => input.Judge(cancellation));
            return Task.FromResult(ReportWriter.Write(adoption.Apply(report, baseline, parsed, terminal), options, terminal, ReportKind.Check, failOn));
        });
        return command.WithExamples(terminal, """
            Examples:
              cleat check                          everything below this folder
              cleat check k8s compose.yaml         a folder and a file
              cleat check --format sarif -o cleat.sarif
              kustomize build . | cleat check - --stdin-name all.yaml
              cleat check --since origin/main      only what this branch adds
              cleat check --write-baseline cleat-baseline.json
              cleat check --baseline cleat-baseline.json

            Exit codes: 0 all pinned, 1 findings, 2 wrong command line, 3 something could not be read.
            """);
    }
}
