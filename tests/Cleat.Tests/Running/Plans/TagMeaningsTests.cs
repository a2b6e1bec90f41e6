using Cleat.Registries.Layouts;
using Cleat.Registries;
using Cleat.Running.Plans;
using Cleat.Tests.Files;
using Cleat.Tests.Registries;
using static Cleat.Tests.Running.Samples;

namespace Cleat.Tests.Running.Plans;

/// <summary>What tags mean at their registries now, asked as little as can be.</summary>
public sealed class TagMeaningsTests : IDisposable
{
    private readonly TemporaryTree folder = new();
    private readonly SampleImage image = new("linux/amd64", "linux/arm64");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Nothing_is_asked_without_a_registry()
    {
        var none = await TagMeanings.AskAsync(new(), [new(Ask.Reference("web:1"), [])], null, TestContext.Current.CancellationToken);
        Assert.Null(none.Of(Ask.Reference("web:1")));
        Assert.Empty(none.Errors);
    }

    [Fact]
    public async Task A_platform_s_digest_is_asked_for_only_where_another_digest_than_the_tag_s_runs()
    {
        var amd64 = image.Manifests["linux/amd64"].Digest;
        var meaning = (await AskAsync(new AskedTag(Ask.Reference("web:1"), [(image.IndexDigest, "linux/arm64"), (amd64, "linux/amd64")]))).Of(Ask.Reference("docker.io/library/web:1"));
        Assert.Equal(image.IndexDigest, meaning?.Now);
        Assert.Equal(["linux/amd64"], meaning?.Platforms.Keys);
        Assert.True(meaning?.Has(amd64));
        Assert.False(meaning?.Has(image.Manifests["linux/arm64"].Digest));
        Assert.False(meaning?.Has(One));
    }

    [Fact]
    public async Task What_has_a_digest_and_no_tag_means_nothing_else()
    {
        var meanings = await AskAsync(new AskedTag(Ask.Reference($"web@{One}"), []), new AskedTag(Ask.Reference($"web:1@{One}"), []));
        Assert.Equal(image.IndexDigest, meanings.Of(Ask.Reference($"web:1@{One}"))?.Now);
        Assert.Empty(meanings.Errors);
    }

    [Fact]
    public async Task What_is_not_answered_is_told()
    {
        var meanings = await AskAsync(new AskedTag(Ask.Reference("web:2"), []));
        Assert.Null(meanings.Of(Ask.Reference("web:2")));
        var error = Assert.Single(meanings.Errors);
        Assert.Equal("resolve", error.Code);
        Assert.StartsWith("docker.io/library/web:2: not found: ", error.Message, StringComparison.Ordinal);
    }

    private async Task<TagMeanings> AskAsync(params AskedTag[] tags)
    {
        image.WriteLayout(folder.Root, "docker.io/library/web:1");
        using var registry = RegistryClient.From(folder.Root);
        return await TagMeanings.AskAsync(new() { Registry = registry }, tags, null, TestContext.Current.CancellationToken);
    }
}
