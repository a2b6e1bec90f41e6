using Cleat.Text;

namespace Cleat.Cli.Tests.Help;

/// <summary>Help of every command: grouped, wrapped, with the address of the documentation; and the manual, which says the same.</summary>
public sealed class HelpTests
{
    public static TheoryData<string> Commands() => ["", "check", "list", "pin", "update", "unpin", "verify", "resolve", "docker", "docker pin", "cluster", "cluster pin", "explain", "formats", "rules", "schema", "completion"];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_fits_eighty_columns_and_every_option_has_its_place(string command)
    {
        var (code, output, error) = await CommandRun.Of([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        Assert.Equal((0, ""), (code, error));
        Assert.All(output.Split('\n'), line => Assert.True(PrintableText.Width(line) <= 80, line));
        Assert.Contains("\nDocumentation: https://", output, StringComparison.Ordinal);
        Assert.Contains("\nExamples:\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\nOther:\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("  \n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nope", "there is no command 'nope'")]
    [InlineData("chek", "there is no command 'chek'; did you mean 'check'?")]
    [InlineData("docker pni", "there is no command 'docker pni'; did you mean 'pin'?")]
    [InlineData("check nope", "there is no command 'check nope'")]
    public async Task Help_for_what_is_no_command_is_a_mistake(string words, string said)
    {
        var (code, output, error) = await CommandRun.Of(["help", .. words.Split(' ')]);
        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.StartsWith($"cleat: {said}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_manual_has_every_option_of_every_command()
    {
        var (code, manual, _) = await CommandRun.Of("help", "--man");
        Assert.Equal(0, code);
        foreach (var row in Commands())
        {
            var (_, help, _) = await CommandRun.Of([.. row.Data.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
            foreach (var option in help.Split(' ', '\n').Where(w => w.StartsWith("--", StringComparison.Ordinal) && w.All(c => char.IsAsciiLetterLower(c) || c == '-')))
            {
                Assert.Contains(option.Replace("-", @"\-", StringComparison.Ordinal), manual, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Two_hyphens_end_the_options()
    {
        using TemporaryFolder folder = new();
        folder.Put("--Dockerfile", "FROM nginx\n");
        var (code, output, error) = await CommandRun.Of("check", "--format", "concise", "--", Path.Combine(folder.Path, "--Dockerfile"));
        Assert.Equal((1, ""), (code, error));
        Assert.Contains("--Dockerfile:1:6: unpinned-image", output, StringComparison.Ordinal);
        Assert.Equal(3, (await CommandRun.Of("check", "--", "--no-such-file-here")).Code);
    }

    [Fact]
    public async Task Formats_and_rules_are_listed()
    {
        var (code, output, _) = await CommandRun.Of("formats", "kubernetes", "--format", "json");
        Assert.Equal(0, code);
        Assert.All(System.Text.Json.JsonDocument.Parse(output).RootElement.EnumerateArray(), f => Assert.Equal("kubernetes", f.GetProperty("name").GetString()));
        Assert.Equal((2, "", "cleat: there is no format 'kubernets'; did you mean 'kubernetes'?\n"), await CommandRun.Of("formats", "kubernets"));
        var (_, rules, _) = await CommandRun.Of("rules");
        Assert.Equal(Uses.Rule.All.Count, rules.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        var (_, json, _) = await CommandRun.Of("rules", "--format", "json");
        Assert.Equal(Uses.Rule.All.Select(r => r.Name), System.Text.Json.JsonDocument.Parse(json).RootElement.EnumerateArray().Select(r => r.GetProperty("name").GetString()!));
    }
}
