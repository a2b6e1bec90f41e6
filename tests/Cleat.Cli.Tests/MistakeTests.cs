namespace Cleat.Cli.Tests;

/// <summary>A command line that cannot be obeyed: exit 2, nothing on stdout, one line that names what was probably meant.</summary>
public sealed class MistakeTests
{
    [Theory]
    [InlineData("chek", "there is no command 'chek'; did you mean 'check'? (cleat --help lists them)")]
    [InlineData("--verion", "there is no option --verion; did you mean --version? Try: cleat --help")]
    [InlineData("docker pni", "there is no command 'docker pni'; did you mean 'pin'? (cleat docker --help lists them)")]
    [InlineData("--format json check", "--format stands behind its command: cleat check --format")]
    [InlineData("check --fromat json", "there is no option --fromat; did you mean --format? Try: cleat check --help")]
    [InlineData("check --fromat=json", "there is no option --fromat; did you mean --format? Try: cleat check --help")]
    [InlineData("pin --dif", "there is no option --dif; did you mean --diff? Try: cleat pin --help")]
    [InlineData("cluster pin --aply", "there is no option --aply; did you mean --apply? Try: cleat cluster pin --help")]
    [InlineData("explain --cofnig x nginx", "there is no option --cofnig; did you mean --config? Try: cleat explain --help")]
    [InlineData("resolve --platfrom linux/amd64 nginx", "there is no option --platfrom; did you mean --platform? Try: cleat resolve --help")]
    [InlineData("check -X", "there is no option -X; a file of that name is ./-X. Try: cleat check --help")]
    [InlineData("formats -X", "there is no option -X. Try: cleat formats --help")]
    [InlineData("list --format yml", "--format 'yml' must be one of text, concise, json, sarif, github, gitlab, junit, markdown, html. Try: cleat list --help")]
    [InlineData("pin --style=short", "--style 'short' must be one of tag-digest, digest, digest-comment. Try: cleat pin --help")]
    [InlineData("list --jobs many", "--jobs 'many' is no number. Try: cleat list --help")]
    [InlineData("list --jobs 0", "--jobs must be 1 or more")]
    [InlineData("list --enable make,markdwn", "there is no format 'markdwn' to enable; did you mean 'markdown'?")]
    [InlineData("resolve --plain-http http://localhost:5000 a", "--plain-http takes a host as it stands in references, such as localhost:5000; 'http://localhost:5000' holds a '/'")]
    [InlineData("explain", "Required argument 'RULE|REF' missing for command: 'explain'. Try: cleat explain --help")]
    public async Task Is_said_in_one_line(string line, string said)
    {
        var (code, output, error) = await CommandRun.Of(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((ExitCode.Usage, "", $"cleat: {said}\n"), (code, output, error));
    }

    /// <summary>What a script makes of a variable that is not set: never a run with another meaning, never a crash.</summary>
    [Theory]
    [InlineData("'' is no PATH", "check", "")]
    [InlineData("'' is no RULE|REF", "explain", "")]
    [InlineData("--config '' is empty: it takes FILE", "check", "--config", "")]
    [InlineData("--output '' is empty: it takes FILE", "check", "-o", "")]
    [InlineData("--baseline '' is empty: it takes FILE", "check", "--baseline", "")]
    [InlineData("--write-baseline '' is empty: it takes FILE", "check", "--write-baseline", "")]
    [InlineData("--include '' is empty: it takes GLOB", "list", "--include", "*.yaml", "--include", "")]
    [InlineData("--summary '' is empty: it takes FILE", "update", "--summary", "")]
    [InlineData("--output '' is empty: it takes FILE", "docker", "--output", "")]
    public async Task An_empty_value_is_one(string said, params string[] args)
    {
        var (code, output, error) = await CommandRun.Of(args);
        Assert.Equal((ExitCode.Usage, "", $"cleat: {said}\n"), (code, output, error));
    }

    [Theory]
    [InlineData("help", "--help")]
    [InlineData("help pin", "pin --help")]
    [InlineData("help docker pin", "docker pin --help")]
    public async Task Help_is_a_word_too(string asked, string meant) =>
        Assert.Equal(await CommandRun.Of(meant.Split(' ')), await CommandRun.Of(asked.Split(' ')));

    [Theory]
    [InlineData("unpined-image", "Was the rule unpinned-image meant? cleat explain unpinned-image")]
    [InlineData("splittag", "Was the rule split-tag meant? cleat explain split-tag")]
    [InlineData("nginx:1.27", null)]
    [InlineData("nginx", null)]
    public async Task Explain_knows_a_rule_that_is_almost_right(string asked, string? said)
    {
        var (code, output, _) = await CommandRun.Of("explain", asked);
        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(said is not null, output.Contains(said ?? "Was the rule", StringComparison.Ordinal));
    }
}
