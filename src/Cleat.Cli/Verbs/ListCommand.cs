using System.CommandLine;
using Cleat.Cli.Help;
using Cleat.Cli.Options;
using Cleat.Cli.Reports;

namespace Cleat.Cli.Verbs;

/// <summary><c>cleat list</c>: every reference with its verdict.</summary>
internal static class ListCommand
{
    public static Command Create(Terminal terminal)
    {
        Command command = new("list", "List every image reference with its verdict.");
        CommonOptions common = new(command);
        command.SetAction((parsed, cancellation) =>
        {
            var options = common.Read(parsed, terminal);
            return Task.FromResult(ReportWriter.Write(new Input(options, terminal, readOnly: true).Judge(cancellation), options, terminal, ReportKind.List));
        });
        return command.WithExamples(terminal, """
            Examples:
              cleat list                           an inventory of this folder
              cleat list --format json | jq -r '.references[].reference'
            """);
    }
}
