using System.CommandLine;
using Cleat.Cli.Reporting;

namespace Cleat.Cli.Commands;

/// <summary><c>cleat check</c>: judge every reference; offline; changes nothing.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        Command command = new("check", "Judge every image reference. Offline; changes nothing.");
        CommonOptions common = new(command);
        command.SetAction((parsed, cancellation) =>
        {
            var options = common.Read(parsed, terminal);
            Scan scan = new(options, terminal);
            var report = scan.Report(scan.Judge(cancellation));
            return Task.FromResult(Reports.Write(report, options, terminal, ReportKind.Check));
        });
        return command;
    }
}
