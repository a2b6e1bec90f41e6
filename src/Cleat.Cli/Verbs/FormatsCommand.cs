using System.CommandLine;
using Cleat.Cli.Help;
using System.Text.Json;
using Cleat.Cli.Options;
using Cleat.Cli.Reports;
using Cleat.Text;

namespace Cleat.Cli.Verbs;

/// <summary><c>cleat formats</c>: every format with its files and places, from the very list that reads them.</summary>
internal static class FormatsCommand
{
    public static Command Create(Terminal terminal)
    {
        var form = CommonOptions.OneOf("--format", "The form of the output.", "text", "markdown", "json");
        Argument<string[]> names = new("FORMAT") { Description = "Only this format.", Arity = ArgumentArity.ZeroOrMore };
        Command command = new("formats", "List every format: which files it claims, and where in them references stand.") { names, form };
        command.SetAction(parsed =>
        {
            var formats = Chosen(parsed.GetValue(names) ?? []);
            using var text = terminal.Text();
            switch (parsed.GetValue(form))
            {
                case "json":
                    Json(formats, terminal.Out);
                    break;
                case "markdown":
                    text.Write(Markdown(formats));
                    break;
                default:
                    Plain(formats, text);
                    break;
            }

            return ExitCode.Done;
        });
        return command.WithExamples(terminal, """
            Examples:
              cleat formats                        every format, its files and places
              cleat formats kubernetes compose     just these
              cleat formats --format json | jq -r '.[] | select(.optIn) | .name'
            """);
    }

    // several formats may have one name
    private static IReadOnlyList<FormatInfo> Chosen(string[] names) => names.FirstOrDefault(n => !FormatInfo.All.Any(f => f.Name == n)) is { } unknown
        ? throw new UsageException($"there is no format '{unknown}'{NearestWord.Hint(unknown, FormatInfo.All.Select(f => f.Name).Distinct())}")
        : names.Length == 0 ? FormatInfo.All : [.. FormatInfo.All.Where(f => names.Contains(f.Name))];

    /// <summary>The table of docs/formats.md.</summary>
    internal static string Markdown() => Markdown(FormatInfo.All);

    private static string Markdown(IReadOnlyList<FormatInfo> formats) =>
        "| Name | What | Files | Where |\n|---|---|---|---|\n" + string.Concat(formats.Select(f =>
            $"| `{f.Name}` | {f.Title}{(f.OptIn ? " (only with `--enable " + f.Name + "`)" : "")} | {string.Join(", ", f.Files.Select(Code))}{Requires(f)} | {Where(f, Code)} |\n"));

    private static string Requires(FormatInfo format) => format.Requires.Count == 0 ? "" : $" with {string.Join(", ", format.Requires.Select(Code))} at the root";

    private static string Where(FormatInfo format, Func<string, string> code)
    {
        var paths = string.Join(", ", format.Paths.Select(code));
        return format.Where is null ? paths : paths.Length == 0 ? format.Where : $"{format.Where}: {paths}";
    }

    private static string Code(string text) => $"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`";

    private static void Plain(IReadOnlyList<FormatInfo> formats, TextWriter text)
    {
        foreach (var format in formats)
        {
            text.WriteLine($"{format.Name}{(format.OptIn ? $"  (only with --enable {format.Name})" : "")}\n  {format.Title}");
            text.WriteLine($"  files  {string.Join("  ", format.Files)}");
            text.WriteLine($"  where  {Where(format, path => path)}\n");
        }
    }

    private static void Json(IReadOnlyList<FormatInfo> formats, Stream stream)
    {
        using var json = JsonOutput.Writer(stream);
        json.WriteStartArray();
        foreach (var format in formats)
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
