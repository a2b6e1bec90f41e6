using System.Diagnostics;
using Cleat.Cli.Tests;

namespace Cleat.EndToEnd.Shells;

/// <summary>Completions in the shells themselves.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>What stands on the command line, and the one thing that completes it.</summary>
    public static TheoryData<string, string, string> Cases()
    {
        TheoryData<string, string, string> cases = [];
        foreach (var shell in (string[])["bash", "zsh", "fish"])
        {
            cases.Add(shell, "cleat che", "check");
            cases.Add(shell, "cleat docker pi", "pin");
            cases.Add(shell, "cleat check --exit", "--exit-zero");
            cases.Add(shell, "cleat check --format sar", "sarif");
            cases.Add(shell, "cleat check --format json --fail-on no", "note");
            cases.Add(shell, "cleat docker pin --app", "--apply");
            cases.Add(shell, "cleat cluster --context pin --all-n", "--all-namespaces");
            cases.Add(shell, "cleat explain spl", "split-tag");
            cases.Add(shell, "cleat formats kuber", "kubernetes");
            cases.Add(shell, "cleat completion fi", "fish");
            cases.Add(shell, "cleat help unp", "unpin");
            cases.Add(shell, "cleat check only-file-he", "only-file-here.yaml");
            cases.Add(shell, "cleat check -o only-file-he", "only-file-here.yaml");
        }

        cases.Add("bash", "cleat check --format = sar", "sarif");
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_word_is_completed(string shell, string line, string expected)
    {
        Assert.SkipUnless(File.Exists($"/usr/bin/{shell}"), $"there is no {shell}: ./test --end-to-end installs it");
        folder.Put("only-file-here.yaml", "");
        var (_, script, _) = await InProcess.RunAsync("", "completion", shell);
        folder.Put("completion", script);
        Assert.Equal(expected, shell switch { "bash" => Bash(line), "zsh" => Zsh(line), _ => Fish(line) });
    }

    private string Bash(string line)
    {
        var words = line.Split(' ');
        return Run("bash", ["-c", "source ./completion; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _cleat; printf '%s\\n' \"${COMPREPLY[@]}\"", "bash", .. words]);
    }

    private string Fish(string line) => Run("fish", "-c", "source ./completion; complete -C $argv[1] | string split -f 1 \\t", line);

    // a shell in a terminal: what is typed, the tab, and a key that shows the line
    private string Zsh(string line)
    {
        folder.Put("drive.zsh", """
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell 'PS1= RPS1=; unsetopt zle_bracketed_paste; autoload -Uz compinit; compinit -u -D; source ./completion; show() { print -r -- "<<$BUFFER>>"; BUFFER= }; zle -N show; bindkey "^X" show; print RE""ADY'
            zpty -r shell seen '*READY*'
            zpty -w -n shell "$1"$'\t\C-x'
            zpty -r shell seen '*<<*>>*'
            print -r -- "${${seen##*<<}%%>>*}"
            """);
        var shown = Run("zsh", "-f", "drive.zsh", line);
        return shown.TrimEnd().Split(' ')[^1];
    }

    private string Run(string program, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TERM"] = "dumb";
        using var process = Process.Start(start)!;
        _ = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(60)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} did not end");
        }

        return output.Result.TrimEnd('\n', '\r');
    }
}
