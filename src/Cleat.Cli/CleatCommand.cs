using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine;
using System.Reflection;
using Cleat.Cli.Verbs;

namespace Cleat.Cli;

/// <summary>The command line as a value: arguments and streams in, exit code out. Tests run it in process.</summary>
internal static class CleatCommand
{
    public static string Version { get; } =
        typeof(CleatCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        try
        {
            return await InvokeAsync(args, terminal);
        }
        catch (OperationCanceledException)
        {
            return End(terminal, "stopped before the end; every file is whole, old or new", ExitCode.Incomplete);
        }
        catch (UsageException e)
        {
            return End(terminal, e.Message, ExitCode.Usage);
        }
        catch (IOException e) when (e.Message.Contains("Broken pipe", StringComparison.OrdinalIgnoreCase))
        {
            // whoever read the output has seen enough
            return ExitCode.Incomplete;
        }
        catch (IOException e)
        {
            // a full disk behind the output; getcwd(2) names no file when the current folder is gone
            return End(terminal, $"not done whole: {(e is FileNotFoundException { FileName: null } ? "the current folder is not there any more" : e.Message)}", ExitCode.Incomplete);
        }
    }

    private static async Task<int> InvokeAsync(string[] args, Terminal terminal)
    {
        using var output = terminal.Text();
        if (args is ["--version", ..])
        {
            await output.WriteLineAsync($"cleat {Version}");
            return ExitCode.Done;
        }

        var root = Root(terminal);
        var parsed = root.Parse(args is ["help", .. var verbs] ? [.. verbs, "--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is not HelpWithExamples && Mistakes.Of(parsed) is { } mistake)
        {
            throw new UsageException(mistake);
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = terminal.Error, EnableDefaultExceptionHandler = false });
    }

    private static int End(Terminal terminal, string message, int code)
    {
        try
        {
            terminal.Error.WriteLine($"cleat: {message}");
        }
        catch (IOException)
        {
            // nowhere is left to say it
        }

        return code;
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
