using System.CommandLine;
using Cleat.Cli.Completion;
using Cleat.Cli.Help;

namespace Cleat.Cli.Verbs;

/// <summary><c>cleat completion</c>: print what a shell needs to complete commands, options and their values.</summary>
internal static class CompletionCommand
{
    private static readonly (string Shell, Action<CommandFacts, TextWriter> Write)[] Shells =
    [
        ("bash", BashCompletion.Write),
        ("zsh", ZshCompletion.Write),
        ("fish", FishCompletion.Write),
        ("powershell", PowerShellCompletion.Write),
    ];

    public static Command Create(Terminal terminal)
    {
        Argument<string> shell = new(string.Join('|', Shells.Select(s => s.Shell))) { Description = "The shell." };
        Command command = new("completion", "Print the completion of commands, options and values for a shell.") { shell };
        command.SetAction(parsed =>
        {
            var asked = parsed.GetValue(shell);
            var write = Shells.FirstOrDefault(s => s.Shell == asked).Write ?? throw new UsageException($"there is no completion for '{asked}': the shells are {string.Join(", ", Shells.Select(s => s.Shell))}");
            using StreamWriter text = new(terminal.Out, Terminal.Utf8, leaveOpen: true);
            write(CommandFacts.Of((RootCommand)parsed.RootCommandResult.Command), text);
            return ExitCode.Done;
        });
        return command.WithExamples(terminal, """
            Examples:
              eval "$(cleat completion bash)"      in ~/.bashrc
              source <(cleat completion zsh)       in ~/.zshrc, behind compinit
              cleat completion fish > ~/.config/fish/completions/cleat.fish
              cleat completion powershell | Out-String | Invoke-Expression
            """);
    }
}
