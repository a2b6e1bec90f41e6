using System.Globalization;
using Cleat.Uses;

namespace Cleat.Cli.Help;

/// <summary>cleat(1), in the language of man(7), from what help says.</summary>
internal static class ManPage
{
    public static void Write(CommandFacts root, TextWriter output)
    {
        output.Write($".TH CLEAT 1 \"\" \"cleat {CleatCommand.Version}\" \"User Commands\"\n.SH NAME\ncleat \\- every container image selected by its digest\n.SH SYNOPSIS\n");
        output.Write(string.Join(".br\n", root.Subcommands.Select(c => $".B {Text(c.Usage)}\n")));

        output.Write($".SH DESCRIPTION\n{Line(root.Description)}");
        output.Write(".SH COMMANDS\n");
        foreach (var command in root.All)
        {
            Section(command, output);
        }

        output.Write(".SH RULES\n");
        foreach (var rule in Rule.All)
        {
            output.Write($".TP\n.B {Text(rule.Name)}\n{Line(rule.Summary)}");
        }

        output.Write(".SH EXIT STATUS\n");
        foreach (var (code, says) in ExitCodes)
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $".TP\n.B {code}\n{Line(says)}"));
        }

        output.Write(".SH FILES\n");
        foreach (var (file, says) in Files)
        {
            output.Write($".TP\n.I {Text(file)}\n{Line(says)}");
        }

        output.Write(".SH ENVIRONMENT\n");
        foreach (var (variable, says) in Variables)
        {
            output.Write($".TP\n.B {Text(variable)}\n{Line(says)}");
        }

        output.Write($".SH SEE ALSO\n{Line(Docs.Pages)}");
    }

    private static readonly (int, string)[] ExitCodes =
    [
        (ExitCode.Done, "Done; nothing to report."),
        (ExitCode.Findings, "Findings, or changes would be made."),
        (ExitCode.Usage, "The command line or the config is wrong; nothing was done."),
        (ExitCode.Incomplete, "Something could not be read, parsed, resolved or written. It wins over 1."),
        (ExitCode.Interrupted, "Stopped by Ctrl-C; every file is whole."),
        (ExitCode.Terminated, "Stopped by SIGTERM; every file is whole."),
    ];

    private static readonly (string, string)[] Files =
    [
        (".cleat.yaml", "The config, beside the first path of the command line or above it, up to the root of the repository."),
        ("$XDG_CONFIG_HOME/cleat/config.yaml", "The user's own config: how registries are reached, and which trees are trusted."),
        ("$XDG_CACHE_HOME/cleat", "The cache of what registries said."),
    ];

    private static readonly (string, string)[] Variables =
    [
        ("NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE", "Whether text is coloured."),
        ("DOCKER_CONFIG, REGISTRY_AUTH_FILE, DOCKER_AUTH_CONFIG", "Where credentials for registries are."),
        ("HTTP_PROXY, HTTPS_PROXY, NO_PROXY", "The way to registries."),
        ("DOCKER_HOST, DOCKER_CONTEXT, KUBECONFIG", "Which engine or cluster is looked at."),
    ];

    private static void Section(CommandFacts command, TextWriter output)
    {
        output.Write($".SS {Text(command.Path)}\n{Line(command.Description)}");
        foreach (var argument in command.Arguments)
        {
            output.Write($".TP\n.I {Text(argument.Names[0])}\n{Line(argument.Description)}");
        }

        foreach (var (heading, options) in command.Groups)
        {
            output.Write($".P\n.I {Text(heading)}\n");
            foreach (var option in options)
            {
                output.Write($".TP\n.B {Text(option.Label)}\n{Line(option.Description)}");
            }
        }

        output.Write($".P\n.nf\n{string.Concat(command.Examples.TrimEnd('\n').Split('\n').Select(Line))}.fi\n");
    }

    private static string Line(string text) => Text(text) is { Length: > 0 } line ? line + "\n" : ".sp\n";

    // a dot or an apostrophe at the start of a line is a request, a backslash an escape; a plain hyphen is made a dash
    private static string Text(string text)
    {
        var escaped = text.Replace(@"\", @"\e", StringComparison.Ordinal).Replace("-", @"\-", StringComparison.Ordinal).Replace("…", "...", StringComparison.Ordinal).Replace("\"", @"\(dq", StringComparison.Ordinal);
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? @"\&" + escaped : escaped;
    }
}
