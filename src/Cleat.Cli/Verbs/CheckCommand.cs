using System.CommandLine;
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
        command.SetAction((parsed, cancellation) =>
        {
            var options = common.Read(parsed, terminal);
            var baseline = adoption.Read(parsed);
            Scan scan = new(options, terminal) { Since = adoption.Since(parsed, options) };
            var report = adoption.Apply(scan.Report(scan.Judge(keepSources: false, cancellation)), baseline, parsed, options, terminal);
            return Task.FromResult(ReportWriter.Write(report, options, terminal, ReportKind.Check));
        });
        return command;
    }
}
