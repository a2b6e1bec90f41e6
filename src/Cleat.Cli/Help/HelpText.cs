using Cleat.Text;

namespace Cleat.Cli.Help;

/// <summary>The help of a command, as wide as it is to be.</summary>
internal static class HelpText
{
    private const int WidestLabel = 28;
    private const int Indent = 2;

    public static void Write(CommandFacts command, TextWriter output, int width)
    {
        Paragraph(command.Description, output, width);
        output.Write($"\nUsage: {command.Usage}\n");
        if (command.Subcommands.Count > 0)
        {
            output.Write("\nCommands:\n");
            Table([.. command.Subcommands.Select(c => (c.Name, c.Description))], output, width);
        }

        if (command.Arguments.Count > 0)
        {
            output.Write("\nArguments:\n");
            Table([.. command.Arguments.Select(a => (a.Names[0], a.Description))], output, width);
        }

        foreach (var (heading, options) in command.Groups)
        {
            output.Write($"\n{heading}:\n");
            Table([.. options.Select(o => (Label(o), o.Description))], output, width);
        }

        output.Write("\n");
        Examples(command.Examples, output, width);
        output.Write($"\nDocumentation: {Docs.Pages}\n");
    }

    // long names stand below each other, with or without a short one
    private static string Label(CommandFacts.ValueFacts option) => option.Names.Count > 1 ? option.Label : $"    {option.Label}";

    private static void Table(IReadOnlyList<(string Label, string Text)> rows, TextWriter output, int width)
    {
        var column = Math.Min(WidestLabel, rows.Max(r => PrintableText.Width(r.Label))) + Indent + 2;
        foreach (var (label, text) in rows)
        {
            var start = new string(' ', Indent) + label;
            var fits = PrintableText.Width(start) + 2 <= column;
            if (!fits)
            {
                output.Write($"{start}\n");
            }

            var first = fits ? start + new string(' ', column - PrintableText.Width(start)) : new string(' ', column);
            foreach (var line in Wrap.Lines(text, Math.Max(20, width - column)).DefaultIfEmpty(""))
            {
                output.Write($"{first}{line}".TrimEnd() + "\n");
                first = new string(' ', column);
            }
        }
    }

    private static void Paragraph(string text, TextWriter output, int width)
    {
        foreach (var line in Wrap.Lines(text, width))
        {
            output.Write($"{line}\n");
        }
    }

    // indented lines are commands: they stay as they are; the rest is prose
    private static void Examples(string text, TextWriter output, int width)
    {
        List<string> prose = [];
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (line.Length > 0 && line[0] != ' ')
            {
                prose.Add(line);
                if (!line.EndsWith(':'))
                {
                    continue;
                }
            }

            Paragraph(string.Join(' ', prose), output, width);
            prose.Clear();
            if (line.Length == 0 || line[0] == ' ')
            {
                Example(line, output, width);
            }
        }

        Paragraph(string.Join(' ', prose), output, width);
    }

    // "  command      what it does": what it does goes on under its beginning
    private static void Example(string line, TextWriter output, int width)
    {
        var command = line.TrimStart();
        var gap = command.IndexOf("  ", StringComparison.Ordinal);
        if (gap < 0 || PrintableText.Width(line) <= width)
        {
            output.Write($"{line}\n");
            return;
        }

        var says = command[gap..].TrimStart();
        var column = line.Length - says.Length;
        var first = line[..column];
        foreach (var piece in Wrap.Lines(says, Math.Max(20, width - column)))
        {
            output.Write($"{first}{piece}\n");
            first = new string(' ', column);
        }
    }
}
