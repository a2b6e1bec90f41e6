using System.CommandLine;
using Cleat.Cli.Help;
using System.Reflection;
using Cleat.Cli.Verbs;

namespace Cleat.Cli;

/// <summary>The command line as a value: arguments and streams in, exit code out. Tests run it in process.</summary>
internal static class CleatCommand
{
    public static string Version { get; } =
        typeof(CleatCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>What is said of a run that was stopped.</summary>
    public const string Stopped = "stopped before the end; every file is whole, old or new";

    /// <param name="cancellation">Stops the run.</param>
    /// <returns>The exit code; <see cref="ExitCode.Interrupted"/> for a run that was stopped.</returns>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation = default)
    {
        try
        {
            return await InvokeAsync(args, terminal, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return End(terminal, Stopped, ExitCode.Interrupted);
        }
        catch (Exception e) when (e is UsageException or CleatException)
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
#pragma warning disable CA1031 // not swallowed: it is told, and the exit code says that the job was not done whole
        catch (Exception e)
#pragma warning restore CA1031
        {
            return End(terminal, $"failed, which is a fault of Cleat: please report it with what was run. {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}", ExitCode.Incomplete);
        }
    }

    private static async Task<int> InvokeAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        using var output = terminal.Text();
        if (args is ["--version", ..])
        {
            await output.WriteLineAsync($"cleat {Version}");
            return ExitCode.Done;
        }

        if (args.Length == 0 && RepositoryPaths.RootOf(".") is not null)
        {
            Overview.Write(output, cancellation);
            return ExitCode.Done;
        }

        var root = Root(terminal);
        if (args is ["help", .. var verbs])
        {
            if (verbs is ["--man"])
            {
                ManPage.Write(CommandFacts.Of(root), output);
                return ExitCode.Done;
            }

            CommandHelp.MustName(root, verbs.Where(v => !v.StartsWith('-')));
            args = [.. verbs, "--help"];
        }

        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (!CommandHelp.IsAskedFor(parsed) && Mistakes.Of(parsed) is { } mistake)
        {
            throw new UsageException(mistake);
        }

        // signals are the program's own matter (StopSignals)
        InvocationConfiguration invocation = new() { Output = output, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return await parsed.InvokeAsync(invocation, cancellation);
    }

    private static int End(Terminal terminal, string message, int code)
    {
        try
        {
            terminal.Say($"cleat: {message}");
        }
        catch (IOException)
        {
            // nowhere is left to say it
        }

        return code;
    }

    internal static RootCommand Root(Terminal terminal)
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
            RulesCommand.Create(terminal),
            PolicyCommand.Create(terminal),
            FunctionCommand.Create(terminal),
            InitCommand.Create(terminal),
            CompletionCommand.Create(terminal),
        };
        return root.WithExamples(terminal, """
            Examples:
              cleat check                          what is not pinned below this folder?
              cleat pin --diff                     what would pinning change?
              cleat pin                            pin it
              cleat explain unpinned-image

            Exit codes: 0 done, 1 findings or changes to be made, 2 wrong command line, 3 not done whole.
            """);
    }
}
