using Cleat.Cli.Help;

namespace Cleat.Cli.Completion;

/// <summary>For PowerShell 5 and later; files are completed by PowerShell itself where nothing else is offered.</summary>
internal static class PowerShellCompletion
{
    public static void Write(CommandFacts root, TextWriter output)
    {
        output.Write("# PowerShell completion for cleat: cleat completion powershell | Out-String | Invoke-Expression\nRegister-ArgumentCompleter -Native -CommandName cleat -ScriptBlock {\n  param($word, $ast, $position)\n  $words = @{\n");
        foreach (var command in root.All)
        {
            output.Write($"    '{command.Path}' = @({Words(command.Subcommands.Select(c => c.Name).Concat(command == root ? ["help"] : []).Concat(command.Arguments.SelectMany(a => a.Choices)).Concat(command.Options.SelectMany(o => o.Names)))})\n");
        }

        output.Write($"    'cleat help' = @({Words(root.Subcommands.Select(c => c.Name))})\n  }}\n  $values = @{{\n");
        foreach (var command in root.All)
        {
            foreach (var option in command.Options.Where(o => o.Value is not null))
            {
                foreach (var name in option.Names)
                {
                    output.Write($"    '{command.Path} {name}' = @({Words(option.Choices)})\n");
                }
            }
        }

        output.Write("""
              }
              $at = 'cleat'
              $before = ''
              foreach ($element in $ast.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $position }) {
                $text = "$element"
                if (-not $values.ContainsKey("$at $before") -and $words.ContainsKey("$at $text")) { $at = "$at $text" }
                $before = $text
              }
              $offered = if ($values.ContainsKey("$at $before")) { $values["$at $before"] } else { $words[$at] }
              $offered | Where-Object { $_ -like "$word*" -and ($word -or $_ -notlike '-*') } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
              }
            }

            """);
    }

    private static string Words(IEnumerable<string> words) => string.Join(", ", words.Select(w => $"'{w}'"));
}
