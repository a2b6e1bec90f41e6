using System.CommandLine;
using Cleat.Uses;

namespace Cleat.Cli.Help;

/// <summary>What help, the manual and the completions say of a command: all of it from the command itself.</summary>
internal sealed class CommandFacts
{
    // no more than this of values stands in the place of a value
    private const int LongestValue = 24;

    private readonly Command command;

    private CommandFacts(Command command, string above)
    {
        this.command = command;
        // the parser calls the root after the file that runs
        Path = above.Length == 0 ? "cleat" : $"{above} {command.Name}";
        Subcommands = [.. command.Subcommands.Where(c => !c.Hidden).Select(c => new CommandFacts(c, Path))];
    }

    public static CommandFacts Of(RootCommand root) => new(root, "");

    /// <summary>The words that call it: <c>cleat docker pin</c>.</summary>
    public string Path { get; }

    public string Name => command.Name;

    public string Description => command.Description ?? "";

    public IReadOnlyList<CommandFacts> Subcommands { get; }

    /// <summary>It and all below, in the order of help.</summary>
    public IEnumerable<CommandFacts> All => Subcommands.SelectMany(c => c.All).Prepend(this);

    public string Examples => command.Options.Select(o => o.Action).OfType<CommandHelp>().FirstOrDefault()?.Examples ?? "";

    public IReadOnlyList<ValueFacts> Arguments => [.. command.Arguments.Where(a => !a.Hidden).Select(a => new ValueFacts([a.Name], a.Name, a.Description ?? "", a.Arity.MaximumNumberOfValues > 1, a.Arity.MinimumNumberOfValues == 0))];

    /// <summary>The options under their headings.</summary>
    public IReadOnlyList<(string Heading, IReadOnlyList<ValueFacts> Options)> Groups
    {
        get
        {
            var own = command.Options.Where(o => !o.Hidden).ToList();
            List<(string, IReadOnlyList<ValueFacts>)> groups = [.. OptionGroups.All
                .Select(g => (g.Heading, (IReadOnlyList<ValueFacts>)[.. g.Options.SelectMany(name => own.Where(o => o.Name == name)).Select(Of)]))
                .Where(g => g.Item2.Count > 0)];
            List<ValueFacts> rest = [.. own.Where(o => !OptionGroups.All.Any(g => g.Options.Contains(o.Name))).Select(Of)];
            return rest.Count == 0 ? groups : [.. groups, ("Other", rest)];
        }
    }

    public IEnumerable<ValueFacts> Options => Groups.SelectMany(g => g.Options);

    /// <summary>True when these are the facts of that command.</summary>
    public bool Is(Command other) => command == other;

    /// <summary>How it is called, in one line.</summary>
    public string Usage => $"{Path}{(Subcommands.Count > 0 ? " [COMMAND]" : "")}{string.Concat(Arguments.Select(a => a.Optional ? $" [{a.Names[0]}{(a.Many ? "…" : "")}]" : $" {a.Names[0]}{(a.Many ? "…" : "")}"))} [OPTIONS]";

    private static ValueFacts Of(Option option)
    {
        var takesValue = option.ValueType != typeof(bool) && option.Arity.MaximumNumberOfValues > 0;
        // help itself is told in the words of the rest
        var description = option.Name switch { "--help" => "Show this help.", "--version" => "Show the version.", _ => option.Description ?? "" };
        var preset = option.HasDefaultValue && takesValue && option.GetDefaultValue() is { } value and not Array ? $" Default: {value}." : "";
        return new(
            [.. option.Aliases.Where(a => a.StartsWith('-') && a != "-?" && !a.StartsWith("--", StringComparison.Ordinal)).Append(option.Name)],
            takesValue ? option.HelpName ?? "VALUE" : null,
            description + preset,
            option.Arity.MaximumNumberOfValues > 1,
            Optional: true);
    }

    /// <summary>An option or an argument.</summary>
    /// <param name="Names">The short name first; of an argument what stands for it.</param>
    /// <param name="Value">What its value is called; null for an option without one.</param>
    /// <param name="Many">May be given several times.</param>
    internal sealed record ValueFacts(IReadOnlyList<string> Names, string? Value, string Description, bool Many, bool Optional)
    {
        /// <summary>The values there are; empty where they cannot be listed.</summary>
        public IReadOnlyList<string> Choices => Value switch
        {
            null => [],
            "RULE|REF" => [.. Rule.All.Select(r => r.Name)],
            "FORMAT" => [.. FormatInfo.All.Select(f => f.Name).Distinct()],
            "NAME,…" => [.. FormatInfo.All.Where(f => f.OptIn).Select(f => f.Name).Distinct()],
            var names when names.Contains('|', StringComparison.Ordinal) && names.All(c => char.IsAsciiLetterLower(c) || c is '|' or '-') => names.Split('|'),
            _ => [],
        };

        public bool IsFile => Value is not null && Choices.Count == 0 && (Value == "PATH" || Value.Contains("FILE", StringComparison.Ordinal) || Value is "FOLDER" or "DIR");

        /// <summary>As help writes it: <c>-o, --output FILE</c>.</summary>
        public string Label => string.Join(", ", Names) + (Value is null || Names[0] == Value ? "" : $" {(Choices.Count > 0 && Value.Length > LongestValue ? "NAME" : Value)}");
    }
}
