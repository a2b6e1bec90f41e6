using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Cleat.Cli;

/// <summary>The worked examples under a command's help.</summary>
internal static class WorkedExamples
{
    /// <summary>The command, with examples behind its help.</summary>
    public static T WithExamples<T>(this T command, string examples)
        where T : Command
    {
        var help = command.Options.OfType<HelpOption>().FirstOrDefault();
        if (help is null)
        {
            help = new HelpOption();
            command.Options.Add(help);
        }

        help.Action = new HelpWithExamples((HelpAction)help.Action!, examples);
        return command;
    }

    /// <summary>True when help is what was asked for.</summary>
    public static bool AreAskedFor(ParseResult parsed) => parsed.Action is HelpWithExamples;

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
