namespace Cleat.Cli.Tests.Verbs;

/// <summary>Standard input has no name: where it was read as the wrong thing, that is said.</summary>
public sealed class StandardInputTests
{
    private const string Pod = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: nginx:1.27\n";

    [Theory]
    [InlineData("FROM nginx:1.27\n", "note: standard input was read as stdin.yaml and names no image so; it looks like a Dockerfile: --stdin-name Dockerfile")]
    [InlineData("on: push\njobs:\n  a:\n    runs-on: x\n    container: node:20\n", "note: standard input was read as stdin.yaml and names no image so; it looks like a .github/workflows/ci.yaml: --stdin-name .github/workflows/ci.yaml")]
    [InlineData("hello\n", "note: standard input was read as stdin.yaml and names no image so; --stdin-name NAME says what it is, such as Dockerfile")]
    public async Task Nothing_found_is_never_silent(string text, string said)
    {
        var (code, output, error) = await InProcess.RunAsync(text, "list", "-");
        Assert.Equal((ExitCode.Done, "", $"{said}\nNo image references in 1 file.\n"), (code, output, error));
        (code, output, error) = await InProcess.RunAsync(text, "check", "-");
        Assert.Equal((ExitCode.Done, "No image references in 1 file.\n", $"{said}\n"), (code, output, error));
        Assert.Equal((ExitCode.Done, "", ""), await InProcess.RunAsync(text, "list", "-", "--quiet"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\n")]
    public async Task A_program_that_wrote_nothing_is_no_pass(string text)
    {
        foreach (var verb in (string[])["check", "list", "pin"])
        {
            var (code, _, error) = await InProcess.RunAsync(text, verb, "-");
            Assert.Equal(ExitCode.Incomplete, code);
            Assert.Contains("stdin.yaml: error[read]: standard input is empty", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_name_that_no_format_knows_is_questioned_and_one_that_is_known_is_not()
    {
        var (_, _, error) = await InProcess.RunAsync("FROM nginx:1.27\n", "check", "-", "--stdin-name", "notes.txt");
        Assert.Equal("note: standard input was read as notes.txt and names no image so; it looks like a Dockerfile: --stdin-name Dockerfile\n", error);
        (_, _, error) = await InProcess.RunAsync("# nothing yet\n", "check", "-", "--stdin-name", "Dockerfile");
        Assert.Equal("", error);
        (_, var output, error) = await InProcess.RunAsync(Pod, "list", "-");
        Assert.Equal(("stdin.yaml:5:12  unpinned  docker.io/library/nginx:1.27\n", ""), (output, error));
    }
}
