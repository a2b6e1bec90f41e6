using System.Text;
using Cleat.References;
using Cleat.Registries.Layouts;
using Cleat.Registries;

namespace Cleat.Tests.Registries;

public sealed class TagDocuments
{
    private static readonly string Index = Digest.Sha256("index"u8).ToString();
    private static readonly string Amd = Digest.Sha256("amd"u8).ToString();
    private static readonly string Arm = Digest.Sha256("arm"u8).ToString();

    private static readonly string Tag = $$"""
        {"creator":1,"id":2,"images":[
          {"architecture":"amd64","os":"linux","digest":"{{Amd}}","size":1,"variant":null},
          {"architecture":"arm64","os":"linux","digest":"{{Arm}}","size":1,"variant":"v8"},
          {"architecture":"s390x","os":"linux","digest":null,"size":1}],
         "name":"1.27","repository":7,"digest":"{{Index}}","tag_last_pushed":"2026-01-01T00:00:00Z"}
        """;

    [Fact]
    public async Task A_tag_answers_for_the_repository_that_the_file_is_named_after()
    {
        var source = Read("a/nginx.json", Tag);
        Assert.Equal((Index, false), ((await Ask.OkAsync(source, "nginx:1.27")).Digest.ToString(), (await Ask.OkAsync(source, "nginx:1.27")).Verified));
        Assert.Equal(Arm, (await Ask.OkAsync(source, "nginx:1.27", "linux/arm64")).Digest.ToString());
        Assert.IsType<Resolution.Refused>(await Ask.Async(source, "nginx:1.27", "linux/s390x"));
        Assert.IsType<Resolution.NotFound>(await Ask.Async(source, "nginx:1.27", "linux/386"));
        Assert.IsType<Resolution.NotFound>(await Ask.Async(source, "nginx:1.28"));
        Assert.Contains("write \"repository\"", Assert.IsType<Resolution.NotFound>(await Ask.Async(source, "redis:1.27")).Message, StringComparison.Ordinal);
        Assert.IsType<Resolution.NotFound>(await Ask.Async(source, "ghcr.io/nginx/nginx:1.27"));
    }

    [Theory]
    [InlineData("library/nginx", "nginx:1.27", true)]
    [InlineData("nginx", "nginx:1.27", true)]
    [InlineData("bitnami/nginx", "nginx:1.27", false)]
    [InlineData("bitnami/nginx", "bitnami/nginx:1.27", true)]
    public async Task A_name_in_the_document_is_what_counts(string repository, string asked, bool found)
    {
        var source = Read("tags.json", Tag.Replace("\"repository\":7", $"\"repository\":\"{repository}\"", StringComparison.Ordinal));
        Assert.Equal(found, await Ask.Async(source, asked) is Resolution.Resolved);
    }

    [Fact]
    public async Task A_list_of_tags_answers_for_each()
    {
        var source = Read("nginx.json", $$"""{"count":2,"next":null,"results":[{{Tag.Replace("1.27", "1.26", StringComparison.Ordinal).Replace(Index, Amd, StringComparison.Ordinal)}},{{Tag}}]}""");
        Assert.Equal((Amd, Index), ((await Ask.OkAsync(source, "nginx:1.26")).Digest.ToString(), (await Ask.OkAsync(source, "nginx:1.27")).Digest.ToString()));
    }

    [Fact]
    public async Task Without_a_digest_of_the_index_only_platforms_are_answered()
    {
        var source = Read("nginx.json", Tag.Replace($"\"{Index}\"", "null", StringComparison.Ordinal));
        Assert.Contains("use --platform", Assert.IsType<Resolution.NotFound>(await Ask.Async(source, "nginx:1.27")).Message, StringComparison.Ordinal);
        Assert.Equal(Amd, (await Ask.OkAsync(source, "nginx:1.27", "linux/amd64")).Digest.ToString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"name\":\"x\"}")]
    [InlineData("{\"name\":\"x\",\"images\":[}")]
    public void What_is_no_tag_document_is_said(string text)
    {
        Assert.False(TagDocument.TryRead("x.json", Encoding.UTF8.GetBytes(text), out _, out var problem));
        Assert.StartsWith("x.json is no", problem, StringComparison.Ordinal);
    }

    private static TagDocument Read(string path, string text) => TagDocument.TryRead(path, Encoding.UTF8.GetBytes(text), out var document, out var problem) ? document : throw new InvalidOperationException(problem);
}
