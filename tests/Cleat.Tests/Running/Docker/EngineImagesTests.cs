using Cleat.References;
using Cleat.Running.Docker;
using Cleat.Tests.Registries;
using static Cleat.Tests.Running.Samples;

namespace Cleat.Tests.Running.Docker;

/// <summary>By which digests registries know an engine's images.</summary>
public sealed class EngineImagesTests
{
    private const string Id = "sha256:aaaaaaaaaaaabbbb";

    [Theory]
    [InlineData("sha256:aaaaaaaaaaaabbbb", true)]
    [InlineData("aaaaaaaaaaaabbbb", true)]
    [InlineData("aaaaaaaaaaaa", true)]
    [InlineData("aaaaaaaaaaa", false)]
    [InlineData("bbbbbbbbbbbb", false)]
    [InlineData("nginx", false)]
    [InlineData("", false)]
    public void An_id_is_at_least_twelve_letters_of_the_image_s_own(string text, bool isId) => Assert.Equal(isId, EngineImages.IsId(text, Id));

    [Theory]
    [InlineData("sha256:aaaaaaaaaaaabbbb")]
    [InlineData("aaaaaaaaaaaabbbb")]
    public void Ids_are_found_with_and_without_their_algorithm(string asked)
    {
        EngineImages images = new([new(Id, null, [$"nginx@{One}"])]);
        Assert.Equal([$"nginx@{One}"], images.NamesOf(asked, null).Select(n => n.Original));
    }

    [Fact]
    public void The_names_of_the_repository_that_was_asked_for_come_alone_where_there_are_any()
    {
        EngineImages images = new([new(Id, null, [$"mirror.example/nginx@{Two}", $"nginx@{One}", "not a reference", "nginx:1.27"])]);
        Assert.Equal([One], images.NamesOf(Id, Ask.Reference("docker.io/library/nginx:1.27")).Select(n => n.Digest!.Value));
        Assert.Equal([Two, One], images.NamesOf(Id, Ask.Reference("other:1")).Select(n => n.Digest!.Value));
        Assert.Empty(images.NamesOf("sha256:unknown", null));
        Assert.True(images.Has(Ask.Reference("nginx:1"), One));
        Assert.False(images.Has(Ask.Reference("nginx:1"), Two));
    }

    [Fact]
    public void A_tag_means_the_image_that_bears_it_in_any_spelling()
    {
        EngineImages images = new([new(Id, ["nginx:1.27", "nginx:latest"], null), new("sha256:cccccccccccc", ["mirror.example/nginx:1.27"], null)]);
        Assert.Equal(Id, images.Tagged(Ask.Reference("docker.io/library/nginx:1.27"))?.Id);
        Assert.Equal(Id, images.Tagged(Ask.Reference("nginx"))?.Id);
        Assert.Null(images.Tagged(Ask.Reference("nginx:1.26")));
    }
}
