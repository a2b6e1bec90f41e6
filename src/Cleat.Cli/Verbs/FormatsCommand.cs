using System.CommandLine;
using System.Text.Json;
using Cleat.Cli.Options;
using Cleat.Cli.Reports;

namespace Cleat.Cli.Verbs;

/// <summary><c>cleat formats</c>: every format with its files and places, from the very list that reads them.</summary>
internal static class FormatsCommand
{
    public static Command Create(Terminal terminal)
    {
        var form = CommonOptions.OneOf("--format", "The form of the output.", "text", "markdown", "json");
        Command command = new("formats", "List every format: which files it claims, and where in them references stand.") { form };
        command.SetAction(parsed =>
        {
            using var text = terminal.Text();
            switch (parsed.GetValue(form))
            {
                case "json":
                    Json(terminal.Out);
                    break;
                case "markdown":
                    text.Write(Markdown());
                    break;
                default:
                    Plain(text);
                    break;
            }

            return ExitCode.Done;
        });
        return command.WithExamples("""
            Examples:
              cleat formats                        every format, its files and places
              cleat formats --format json | jq -r '.[] | select(.optIn) | .name'
            """);
    }

    /// <summary>The table of docs/formats.md.</summary>
    internal static string Markdown() =>
        "| Name | What | Files | Where |\n|---|---|---|---|\n" + string.Concat(FormatInfo.All.Select(f =>
            $"| `{f.Name}` | {f.Title}{(f.OptIn ? " (only with `--enable " + f.Name + "`)" : "")} | {string.Join(", ", f.Files.Select(Code))}{Requires(f)} | {Where(f, Code)} |\n"));

    private static string Requires(FormatInfo format) => format.Requires.Count == 0 ? "" : $" with {string.Join(", ", format.Requires.Select(Code))} at the root";

    private static string Where(FormatInfo format, Func<string, string> code)
    {
        var paths = string.Join(", ", format.Paths.Select(code));
        return format.Where is null ? paths : paths.Length == 0 ? format.Where : $"{format.Where}: {paths}";
    }

    private static string Code(string text) => $"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`";

    private static void Plain(TextWriter text)
    {
        foreach (var format in FormatInfo.All)
        {
            text.WriteLine($"{format.Name}{(format.OptIn ? $"  (only with --enable {format.Name})" : "")}\n  {format.Title}");
            text.WriteLine($"  files  {string.Join("  ", format.Files)}");
            text.WriteLine($"  where  {Where(format, path => path)}\n");
        }
    }

    private static void Json(Stream stream)
    {
        using var json = JsonOutput.Writer(stream);
        json.WriteStartArray();
        foreach (var format in FormatInfo.All)
        {
            json.WriteStartObject();
            json.WriteString("name", format.Name);
            json.WriteString("title", format.Title);
            json.WriteBoolean("optIn", format.OptIn);
            Strings(json, "files", format.Files);
            Strings(json, "requires", format.Requires);
            Strings(json, "paths", format.Paths);
            json.WriteString("where", format.Where);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
