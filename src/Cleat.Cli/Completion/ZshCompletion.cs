using Cleat.Cli.Help;

namespace Cleat.Cli.Completion;

/// <summary>For zsh: a function for each command, by its own <c>_arguments</c>. It can be sourced, or lie as <c>_cleat</c> in a folder of fpath.</summary>
internal static class ZshCompletion
{
    public static void Write(CommandFacts root, TextWriter output)
    {
        output.Write("#compdef cleat\n# zsh completion for cleat: source <(cleat completion zsh)\n");
        foreach (var command in root.All.Reverse())
        {
            Function(command, command == root, output);
        }

        output.Write("""

            if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
              _cleat "$@"
            else
              compdef _cleat cleat
            fi

            """);
    }

    private static void Function(CommandFacts command, bool isRoot, TextWriter output)
    {
        output.Write($"\n{Name(command)}() {{\n  local curcontext=$curcontext state line\n  _arguments -C -s{(command.Subcommands.Count > 0 ? " -A '-*'" : "")} \\\n");
        List<string> specs = [.. command.Options.Select(Spec)];
        if (command.Subcommands.Count == 0)
        {
            specs.AddRange(command.Arguments.Select(a => $"'{(a.Many ? "*" : "1")}:{a.Names[0].Replace(":", "", StringComparison.Ordinal)}:{Action(a)}'"));
            output.Write($"    {string.Join(" \\\n    ", specs)}\n}}\n");
            return;
        }

        output.Write(string.Concat(specs.Select(s => $"    {s} \\\n")));
        output.Write("    '1: :->command' '*:: :->rest'\n  case $state in\n    command)\n      local -a commands=(\n");
        foreach (var one in command.Subcommands)
        {
            output.Write($"        {Quoted($"{one.Name}:{Short(one.Description)}")}\n");
        }

        output.Write($"{(isRoot ? "        'help:Show the help of a command'\n" : "")}      )\n      _describe -t commands command commands ;;\n    rest)\n      curcontext=\"${{curcontext%:*}}-$line[1]:\"\n      case $line[1] in\n");
        foreach (var one in command.Subcommands)
        {
            output.Write($"        {one.Name}) {Name(one)} ;;\n");
        }

        output.Write($"{(isRoot ? $"        help) _values command {string.Join(' ', command.Subcommands.Select(c => c.Name))} ;;\n" : "")}      esac ;;\n  esac\n}}\n");
    }

    private static string Name(CommandFacts command) => "_" + command.Path.Replace(' ', '_');

    private static string Spec(CommandFacts.ValueFacts option)
    {
        var rest = $"[{Short(option.Description)}]{(option.Value is null ? "" : $":{option.Value.Replace(":", "", StringComparison.Ordinal)}:{Action(option)}")}";
        return option.Names.Count == 1
            ? Quoted($"{(option.Many ? "*" : "")}{option.Names[0]}{rest}")
            : $"{Quoted($"({string.Join(' ', option.Names)})")}{{{string.Join(',', option.Names)}}}{Quoted(rest)}";
    }

    private static string Action(CommandFacts.ValueFacts value) => value.IsFile ? "_files" : value.Choices.Count > 0 ? $"({string.Join(' ', value.Choices)})" : " ";

    private static string Quoted(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    // brackets and colons have a meaning there
    private static string Short(string text) => CompletionText.Short(text).Replace('[', '(').Replace(']', ')').Replace(": ", " - ", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);
}
