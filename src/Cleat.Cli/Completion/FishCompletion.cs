using Cleat.Cli.Help;

namespace Cleat.Cli.Completion;

/// <summary>For fish.</summary>
internal static class FishCompletion
{
    public static void Write(CommandFacts root, TextWriter output)
    {
        output.Write("# fish completion for cleat: cleat completion fish | source\n");
        var paths = string.Join(' ', root.All.Skip(1).Select(c => Quoted(c.Path)).Append("'cleat help'"));
        var takes = string.Join(' ', root.All.SelectMany(c => c.Options).Where(o => o.Value is not null).SelectMany(o => o.Names).Distinct());
        output.Write($$"""
            function __cleat_at
              set -l at cleat
              set -l skip 0
              for word in (commandline -opc)[2..-1]
                if test $skip = 1
                  set skip 0
                else if contains -- $word {{takes}}
                  set skip 1
                else if contains -- "$at $word" {{paths}}
                  set at "$at $word"
                end
              end
              test "$at" = "$argv"
            end
            complete -c cleat -f

            """);
        foreach (var command in root.All)
        {
            var at = $"complete -c cleat -n '__cleat_at {command.Path}'";
            foreach (var one in command.Subcommands)
            {
                output.Write($"{at} -a {one.Name} -d {Quoted(CompletionText.Short(one.Description))}\n");
            }

            foreach (var argument in command.Arguments)
            {
                output.Write($"{at}{Values(argument, option: false)}\n");
            }

            foreach (var option in command.Options)
            {
                output.Write($"{at}{string.Concat(option.Names.Select(n => n.StartsWith("--", StringComparison.Ordinal) ? $" -l {n[2..]}" : $" -s {n[1..]}"))}{(option.Value is null ? "" : Values(option, option: true))} -d {Quoted(CompletionText.Short(option.Description))}\n");
            }
        }

        output.Write($"complete -c cleat -n '__cleat_at cleat' -a help -d 'Show the help of a command'\ncomplete -c cleat -n '__cleat_at cleat help' -a '{string.Join(' ', root.Subcommands.Select(c => c.Name))}'\n");
    }

    private static string Values(CommandFacts.ValueFacts value, bool option) => value.IsFile ? option ? " -r -F" : " -F" : $"{(option ? " -x" : "")}{(value.Choices.Count > 0 ? $" -a '{string.Join(' ', value.Choices)}'" : "")}";

    private static string Quoted(string text) => $"'{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";
}
