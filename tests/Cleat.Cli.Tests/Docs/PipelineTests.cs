using YamlDotNet.RepresentationModel;

namespace Cleat.Cli.Tests.Docs;

/// <summary>What is pasted into a pipeline: read by another YAML reader, and clean under Cleat itself.</summary>
public sealed class PipelineTests
{
    // the files that a user takes as they are
    private static readonly string[] Files =
    [
        "action.yml", ".pre-commit-hooks.yaml", "templates/cleat.yml", "pipelines/gitlab/cleat.gitlab-ci.yml", "pipelines/tekton/cleat-check.yaml",
        ".github/workflows/ci.yml", ".github/workflows/release.yml",
    ];

    public static TheoryData<string> Pages => [.. DocumentBlock.Documents.Where(d => d.StartsWith("docs/pipelines/", StringComparison.Ordinal) && !d.EndsWith("index.md", StringComparison.Ordinal))];

    public static TheoryData<string> Names => [.. Files];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_has_a_block_to_paste_that_is_clean(string page)
    {
        var blocks = DocumentBlock.All.Where(b => b.Document == page && b.File.Length > 0).ToList();
        Assert.NotEmpty(blocks);
        foreach (var block in blocks)
        {
            await IsClean(block.File, block.Text);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_file_is_clean(string name)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, name), TestContext.Current.CancellationToken);
        foreach (var document in Parse(text))
        {
            Assert.NotEmpty(Assert.IsType<YamlMappingNode>(document.RootNode is YamlSequenceNode list ? list[0] : document.RootNode).Children);
        }

        await IsClean(name, text);
    }

    /// <summary>An action that is not the project's own is named by a whole commit, with the tag that it was behind it.</summary>
    [Fact]
    public void Actions_are_named_by_commits()
    {
        var lines = Files.Where(f => f.EndsWith(".yml", StringComparison.Ordinal)).SelectMany(f => File.ReadLines(Path.Combine(SourceTree.Root, f)))
            .Concat(DocumentBlock.All.Where(b => b.Document.StartsWith("docs/pipelines/", StringComparison.Ordinal)).SelectMany(b => b.Text.Split('\n')))
            .Select(l => l.Trim().TrimStart('-').Trim()).Where(l => l.StartsWith("uses:", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Matches(@"^uses: ([\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|cleat-dev/cleat@COMMIT)$", line));
    }

    internal static IReadOnlyList<YamlDocument> Parse(string text)
    {
        YamlStream stream = new();
        using StringReader reader = new(text);
        stream.Load(reader);
        return [.. stream.Documents];
    }

    // beside a file without a finding: where no file is read at all, that is an error
    private static async Task IsClean(string name, string text)
    {
        using TemporaryFolder folder = new();
        folder.Put(name, text);
        folder.Put("Dockerfile", "FROM scratch\n");
        var (code, output, error) = await CommandRun.Of("check", "--format", "json", folder.Path);
        Assert.Equal("", error);
        Assert.True(code == ExitCode.Done, output);
    }
}
