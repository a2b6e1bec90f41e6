using System.CommandLine;
using Cleat.Cli.Help;
using Cleat.Cli.Options;
using Cleat.Cli.Reports;
using Cleat.Uses;

namespace Cleat.Cli.Verbs;

/// <summary><c>cleat rules</c>: every rule with its severity, and who can tell it.</summary>
internal static class RulesCommand
{
    public static Command Create(Terminal terminal)
    {
        var form = CommonOptions.OneOf("--format", "The form of the output.", "text", "json");
        Command command = new("rules", "List every rule: its severity, and what it says. `cleat explain RULE` says more.") { form };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(form) == "json")
            {
                Json(terminal.Out);
                return ExitCode.Done;
            }

            using var text = terminal.Text();
            var widest = Rule.All.Max(r => r.Name.Length);
            foreach (var rule in Rule.All)
            {
                text.Write($"{rule.Name.PadRight(widest)}  {Wording.Word(rule.Severity),-7}  {rule.Summary}{(rule.IsOnline ? " (seen by verify, docker and cluster)" : "")}\n");
            }

            return ExitCode.Done;
        });
        return command.WithExamples(terminal, """
            Examples:
              cleat rules
              cleat rules --format json | jq -r '.[] | select(.severity == "error") | .name'
            """);
    }

    private static void Json(Stream stream)
    {
        using (var json = JsonOutput.Writer(stream))
        {
            json.WriteStartArray();
            foreach (var rule in Rule.All)
            {
                json.WriteStartObject();
                json.WriteString("name", rule.Name);
                json.WriteString("severity", Wording.Word(rule.Severity));
                json.WriteString("summary", rule.Summary);
                json.WriteString("why", rule.Why);
                json.WriteString("fix", rule.Fix);
                json.WriteBoolean("online", rule.IsOnline);
                json.WriteStartArray("tags");
                foreach (var tag in rule.Tags)
                {
                    json.WriteStringValue(tag);
                }

                json.WriteEndArray();
                json.WriteString("help", Docs.Rule(rule.Name));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        stream.WriteByte((byte)'\n');
    }
}
