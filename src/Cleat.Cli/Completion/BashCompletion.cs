using Cleat.Cli.Help;

namespace Cleat.Cli.Completion;

/// <summary>For bash, with or without the package bash-completion: the words so far say which command it is, and tables say what may follow.</summary>
internal static class BashCompletion
{
    public static void Write(CommandFacts root, TextWriter output)
    {
        output.Write("""
            # bash completion for cleat: eval "$(cleat completion bash)"
            _cleat_value() {
              case "$1 $2" in

            """);
        foreach (var command in root.All)
        {
            foreach (var option in command.Options.Where(o => o.Value is not null))
            {
                output.Write($"    {string.Join(" | ", option.Names.Select(n => $"'{command.Path} {n}'"))}) REPLY='{Values(option)}' ;;\n");
            }
        }

        output.Write("""
                *) return 1 ;;
              esac
            }

            _cleat() {
              local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=cleat ended= words= i REPLY
              # bash takes --option=value apart
              if [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi
              for ((i = 1; i < COMP_CWORD; i++)); do
                if [[ ${COMP_WORDS[i]} == -- ]]; then ended=1; fi
                if ((i > 1)) && _cleat_value "$command" "${COMP_WORDS[i-1]}"; then continue; fi
                case "$command ${COMP_WORDS[i]}" in

            """);
        foreach (var command in root.All.Skip(1))
        {
            output.Write($"      '{command.Path}') command='{command.Path}' ;;\n");
        }

        output.Write("""
                  'cleat help') command='cleat help' ;;
                esac
              done
              COMPREPLY=()
              if [[ -z $ended ]] && _cleat_value "$command" "$prev"; then
                words=$REPLY
              elif [[ -z $ended && $cur == -* ]]; then
                case $command in

            """);
        foreach (var command in root.All)
        {
            output.Write($"      '{command.Path}') words='{string.Join(' ', command.Options.SelectMany(o => o.Names))}' ;;\n");
        }

        output.Write("""
                esac
              else
                case $command in

            """);
        foreach (var command in root.All)
        {
            output.Write($"      '{command.Path}') words='{string.Join(' ', command.Subcommands.Select(c => c.Name).Concat(command == root ? ["help"] : []).Concat(command.Arguments.Select(Values)))}' ;;\n");
        }

        output.Write($"      'cleat help') words='{string.Join(' ', root.Subcommands.Select(c => c.Name))}' ;;\n");
        output.Write("""
                esac
              fi
              if [[ $words == *'<file>'* ]]; then
                compopt -o filenames 2>/dev/null
                mapfile -t COMPREPLY < <(compgen -f -- "$cur")
                words=${words//'<file>'/}
              fi
              mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$words" -- "$cur")
            }
            complete -F _cleat cleat

            """);
    }

    private static string Values(CommandFacts.ValueFacts value) => value.IsFile ? "<file>" : string.Join(' ', value.Choices);
}
