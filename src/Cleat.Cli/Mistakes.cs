using System.CommandLine.Parsing;
using System.CommandLine;
using Cleat.Text;

namespace Cleat.Cli;

/// <summary>What is wrong with a command line, in one line that names what was probably meant.</summary>
internal static class Mistakes
{
    /// <summary>The first mistake; null when there is none.</summary>
    public static string? Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var wrong = Empty(parsed) ?? NoOption(parsed, command);
        if (wrong is not null || parsed.Errors.Count == 0)
        {
            return wrong;
        }

        var help = $"cleat {Verb(parsed)}--help";
        if (command.Subcommands.Count == 0)
        {
            return $"{Words(parsed.Errors[0])}. Try: {help}";
        }

        return parsed.UnmatchedTokens is [var word, ..]
            ? $"there is no command '{Verb(parsed)}{word}'{NearestWord.Hint(word, command.Subcommands.Select(c => c.Name))} ({help} lists them)"
            : command is RootCommand ? $"say what to do: {string.Join(", ", command.Subcommands.Select(c => c.Name))} ({help} says more)"
            : $"{Words(parsed.Errors[0])}. Try: {help}";
    }

    /// <summary>Does what an option asks for; where it cannot be done, that is said of the option.</summary>
    public static T Under<T>(string option, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (CleatException e)
        {
            throw new UsageException($"{option}: {e.Message}", e);
        }
    }

    // what a script makes of a variable that is not set
    private static string? Empty(ParseResult parsed) => parsed.CommandResult.Children.Where(c => c.Tokens.Any(t => t.Value.Length == 0)).Select(c => c switch
    {
        OptionResult { Option: var option } => $"{option.Name} '' is empty: it takes {option.HelpName}",
        ArgumentResult { Argument: var argument } => $"'' is no {argument.Name}",
        _ => null,
    }).FirstOrDefault();

    /// <summary>A word that looks like an option and is none here; the parser takes it for an argument.</summary>
    private static string? NoOption(ParseResult parsed, Command command)
    {
        // what stands behind "--" is no option, whatever it begins with
        var ended = parsed.Tokens.SkipWhile(t => t.Type != TokenType.DoubleDash).ToHashSet(ReferenceEqualityComparer.Instance);
        var words = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).Where(t => !ended.Contains(t)).Select(t => t.Value)
            .Concat(ended.Count == 0 ? parsed.UnmatchedTokens : []);
        if (words.FirstOrDefault(w => w.Length > 1 && w[0] == '-') is not { } word)
        {
            return null;
        }

        var name = word.Split('=')[0];
        if (command.Subcommands.Append(command).FirstOrDefault(c => c.Options.Any(o => o.Name == name || o.Aliases.Contains(name))) is { } owner)
        {
            var verb = owner == command ? Verb(parsed) : $"{Verb(parsed)}{owner.Name} ";
            return $"{name} stands behind its command: cleat {verb}{name}";
        }

        var near = name.Length > 3 ? NearestWord.Of(name, command.Options.Select(o => o.Name)) : null;
        var file = command.Arguments.Any(a => a.Name == "PATH") ? $"; a file of that name is ./{word}" : "";
        return $"there is no option {name}{(near is null ? file : $"; did you mean {near}?")}{(near is null ? ". " : " ")}Try: cleat {Verb(parsed)}--help";
    }

    private static string Words(ParseError error) => error.SymbolResult is OptionResult { Option: Option<int> option, Tokens: [var said] } && !int.TryParse(said.Value, out _)
        ? $"{option.Name} '{said.Value}' is no number"
        : error.Message.Split('\n')[0].TrimEnd('.', ':', '\r');

    private static string Verb(ParseResult parsed)
    {
        var verb = "";
        for (var at = parsed.CommandResult; at is { Command: not RootCommand }; at = at.Parent as CommandResult)
        {
            verb = $"{at.Command.Name} {verb}";
        }

        return verb;
    }
}
