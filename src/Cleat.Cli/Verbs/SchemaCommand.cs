using System.CommandLine;
using Cleat.Cli.Help;

namespace Cleat.Cli.Verbs;

/// <summary><c>cleat schema</c>: print the JSON Schema of the config.</summary>
internal static class SchemaCommand
{
    public static Command Create(Terminal terminal)
    {
        Command command = new("schema", "Print the JSON Schema of the config, .cleat.yaml.");
        command.SetAction(_ =>
        {
            using var schema = typeof(SchemaCommand).Assembly.GetManifestResourceStream("cleat.schema.json")!;
            schema.CopyTo(terminal.Out);
            return ExitCode.Done;
        });
        return command.WithExamples(terminal, """
            Examples:
              cleat schema > .cleat.schema.json
              # and in .cleat.yaml, for editors with the YAML language server:
              # yaml-language-server: $schema=.cleat.schema.json
            """);
    }
}
