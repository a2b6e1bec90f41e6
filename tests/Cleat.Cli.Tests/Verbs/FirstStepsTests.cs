namespace Cleat.Cli.Tests.Verbs;

/// <summary>What somebody types first: <c>cleat</c> alone, and <c>cleat init</c>.</summary>
[Collection(nameof(Reports.CurrentFolder))]
public sealed class FirstStepsTests : IDisposable
{
    private const string Pod = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: nginx:1.27\n  - image: ghcr.io/acme/app:v1\n  - image: redis:7\n";

    private readonly string here = Directory.GetCurrentDirectory();
    private readonly TemporaryFolder folder = new();

    public FirstStepsTests() => Directory.SetCurrentDirectory(folder.Path);

    public void Dispose()
    {
        Directory.SetCurrentDirectory(here);
        folder.Dispose();
    }

    [Fact]
    public async Task Alone_in_a_repository_it_says_what_is_here_and_what_is_next()
    {
        folder.Put(".git/HEAD", "ref: refs/heads/main\n");
        folder.Put("k8s/web.yaml", Pod);
        folder.Put("Dockerfile", "FROM alpine\n");
        var (code, output, error) = await CommandRun.Of();
        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Contains("Images are named in 2 files: dockerfile 1, kubernetes 1.\n2 files, 4 references: 4 unpinned", output, StringComparison.Ordinal);
        Assert.Contains("\n  cleat check  ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alone_elsewhere_it_asks_what_to_do()
    {
        var (code, output, error) = await CommandRun.Of();
        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.StartsWith("cleat: say what to do: check, list, ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_config_is_one_and_exempts_what_is_built_here()
    {
        folder.Put(".git/HEAD", "ref: refs/heads/main\n");
        folder.Put("k8s/web.yaml", Pod);
        folder.Put("compose.yaml", "services:\n  app:\n    build: .\n    image: ghcr.io/acme/app:dev\n  web:\n    build: web\n    image: nginx:1.27\n");
        var (code, output, error) = await CommandRun.Of("init", "--with-baseline", "--ci", "github");
        Assert.True(code == ExitCode.Done, error);
        Assert.StartsWith(".cleat.yaml written\ncleat-baseline.json written\n.github/workflows/cleat.yml written\n", output, StringComparison.Ordinal);
        var config = folder.Read(".cleat.yaml");
        Assert.Contains("exempt:\n  - { image: \"ghcr.io/acme/app\", reason: \"built in this repository\" }\n", config, StringComparison.Ordinal);
        Assert.DoesNotContain("image: \"nginx", config, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Findings, (await CommandRun.Of("check")).Code);
        Assert.Equal(ExitCode.Done, (await CommandRun.Of("check", "--baseline", "cleat-baseline.json")).Code);
        Assert.Contains("--baseline cleat-baseline.json", folder.Read(".github/workflows/cleat.yml"), StringComparison.Ordinal);

        // every key that is commented out holds when it is not
        folder.Put(".cleat.yaml", string.Join('\n', config.Split('\n').Select(l => l.StartsWith("# ", StringComparison.Ordinal) && (l.Contains(": {", StringComparison.Ordinal) || l.Contains(": [", StringComparison.Ordinal) || l is "# formats:" || l.StartsWith("#   -", StringComparison.Ordinal)) ? l[2..] : l)));
        Assert.Equal(ExitCode.Findings, (await CommandRun.Of("check")).Code);
    }

    [Fact]
    public async Task Nothing_that_is_there_is_replaced()
    {
        folder.Put(".git/HEAD", "ref: refs/heads/main\n");
        folder.Put("cleat.gitlab-ci.yml", "mine\n");
        var (code, _, error) = await CommandRun.Of("init", "--ci", "gitlab");
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("cleat.gitlab-ci.yml is there already", error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder[".cleat.yaml"]));
        Assert.Equal(ExitCode.Done, (await CommandRun.Of("init")).Code);
        Assert.Equal((ExitCode.Usage, "cleat: there is a config already: .cleat.yaml\n"), await Last("init"));
        Assert.Equal("mine\n", folder.Read("cleat.gitlab-ci.yml"));
    }

    private static async Task<(int, string)> Last(params string[] args) => await CommandRun.Of(args) is var (code, _, error) ? (code, error) : default;
}
