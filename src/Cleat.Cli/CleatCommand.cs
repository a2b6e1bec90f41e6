using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Reflection;
using Cleat.Cli.Commands;
using Cleat.Findings;

namespace Cleat.Cli;

/// <summary>The command line as a value: arguments and streams in, exit code out. Tests run it in process.</summary>
internal static class CleatCommand
{
    public static string Version { get; } =
        typeof(CleatCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        if (args is ["--version"])
        {
            using var text = terminal.Text();
            await text.WriteLineAsync($"cleat {Version}");
            return ExitCode.Done;
        }

        var root = Root(terminal);
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.CommandResult.Command is RootCommand && parsed.UnmatchedTokens is [{ Length: > 0 } verb, ..])
        {
            var (what, known) = verb[0] == '-' ? ("option", root.Options.Select(o => o.Name)) : ("command", root.Subcommands.Select(c => c.Name));
            await terminal.Error.WriteLineAsync($"cleat: there is no {what} '{verb}'{NearestWord.Hint(verb, known)} (cleat --help lists them)");
            return ExitCode.Usage;
        }

        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
        {
            await terminal.Error.WriteLineAsync($"cleat: {parsed.Errors[0].Message.Split('\n')[0].TrimEnd('.', ':', '\r')}. Try: cleat {Verb(parsed)}--help");
            return ExitCode.Usage;
        }

        if (parsed.Action is null)
        {
            parsed = root.Parse(["--help"]);
        }

        using var output = terminal.Text();
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = terminal.Error, EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException)
        {
            await terminal.Error.WriteLineAsync("cleat: stopped before the end; every file is whole, old or new");
            return ExitCode.Incomplete;
        }
        catch (UsageException e)
        {
            await terminal.Error.WriteLineAsync($"cleat: {e.Message}");
            return ExitCode.Usage;
        }
        catch (IOException e) when (e.Message.Contains("Broken pipe", StringComparison.OrdinalIgnoreCase))
        {
            // whoever read the output has seen enough
            return ExitCode.Incomplete;
        }
    }

    private static RootCommand Root(Terminal terminal)
    {
        RootCommand root = new("Finds every container image reference, judges it, and pins it to its digest in place.")
        {
            CheckCommand.Create(terminal),
            ListCommand.Create(terminal),
            PinCommand.Create(terminal),
            UpdateCommand.Create(terminal),
            UnpinCommand.Create(terminal),
            VerifyCommand.Create(terminal),
            ResolveCommand.Create(terminal),
            DockerCommand.Create(terminal),
            ClusterCommand.Create(terminal),
            ExplainCommand.Create(terminal),
            FormatsCommand.Create(terminal),
            SchemaCommand.Create(terminal),
        };
        foreach (var command in root.Subcommands.Append<Command>(root))
        {
            WithExamples(command, Examples.Of(command.Name == root.Name ? "" : command.Name));
        }

        return root;
    }

    private static void WithExamples(Command command, string examples)
    {
        var help = command.Options.OfType<HelpOption>().FirstOrDefault();
        if (help is null)
        {
            help = new HelpOption();
            command.Options.Add(help);
        }

        help.Action = new HelpWithExamples((HelpAction)help.Action!, examples);
    }

    private static string Verb(ParseResult parsed)
    {
        var verb = "";
        for (var at = parsed.CommandResult; at is { Command: not RootCommand }; at = at.Parent as CommandResult)
        {
            verb = $"{at.Command.Name} {verb}";
        }

        return verb;
    }

    private sealed class HelpWithExamples(HelpAction help, string examples) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output.WriteLine(examples);
            return code;
        }
    }
}
