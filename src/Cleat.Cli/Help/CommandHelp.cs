using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Cleat.Text;

namespace Cleat.Cli.Help;

/// <summary>What <c>--help</c> does: the help of its command, with worked examples.</summary>
internal sealed class CommandHelp(Terminal terminal, string examples) : SynchronousCommandLineAction
{
    public string Examples => examples;

    public override bool ClearsParseErrors => true;

    /// <summary>True when help is what was asked for.</summary>
    public static bool IsAskedFor(ParseResult parsed) => parsed.Action is CommandHelp;

    public override int Invoke(ParseResult parseResult)
    {
        var asked = parseResult.CommandResult.Command;
        var facts = CommandFacts.Of((RootCommand)parseResult.RootCommandResult.Command).All.First(c => c.Is(asked));
        HelpText.Write(facts, parseResult.InvocationConfiguration.Output, terminal.Width);
        return ExitCode.Done;
    }

    /// <summary>The words behind <c>cleat help</c> name a command.</summary>
    /// <exception cref="UsageException">They name none.</exception>
    public static void MustName(RootCommand root, IEnumerable<string> words)
    {
        Command at = root;
        var above = "";
        foreach (var word in words)
        {
            at = at.Subcommands.FirstOrDefault(c => c.Name == word)
                ?? throw new UsageException($"there is no command '{above}{word}'{NearestWord.Hint(word, at.Subcommands.Select(c => c.Name))} (cleat {above}--help says more)");
            above += word + " ";
        }
    }
}

/// <summary>Gives commands their help.</summary>
internal static class Helped
{
    /// <summary>The command, with examples behind its help: indented lines are commands, the rest is prose.</summary>
    public static T WithExamples<T>(this T command, Terminal terminal, string examples)
        where T : Command
    {
        var help = command.Options.OfType<HelpOption>().FirstOrDefault();
        if (help is null)
        {
            help = new HelpOption();
            command.Options.Add(help);
        }

        help.Action = new CommandHelp(terminal, examples);
        return command;
    }
}
