using Cleat.Registries;

namespace Cleat.Tests.Registries;

public sealed class PlatformSelection
{
    private static readonly SampleImage Image = new("linux/amd64", "linux/arm64/v8", "linux/arm/v6", "linux/arm/v7", "linux/s390x");

    [Theory]
    [InlineData("linux/amd64", "linux/amd64")]
    [InlineData("linux/x86_64", "linux/amd64")]
    [InlineData("linux/arm64", "linux/arm64/v8")]
    [InlineData("linux/arm64/v8", "linux/arm64/v8")]
    [InlineData("linux/aarch64", "linux/arm64/v8")]
    [InlineData("linux/arm/v7", "linux/arm/v7")]
    [InlineData("linux/arm/6", "linux/arm/v6")]
    [InlineData("Linux/s390x", "linux/s390x")]
    public async Task The_platforms_manifest_is_answered(string asked, string expected)
    {
        await using var server = new ScriptedServer(_ => Replies.Manifest(Image.Index, SampleImage.IndexType));
        Assert.Equal(new Resolution.Resolved(Image.Manifests[expected].Digest, SampleImage.ManifestType, Verified: true), await Ask.Async(server, platform: asked));
    }

    [Fact]
    public async Task What_is_not_there_is_listed()
    {
        await using var server = new ScriptedServer(_ => Replies.Manifest(Image.Index, SampleImage.IndexType));
        Assert.Contains("no image for windows/amd64; it has linux/amd64, linux/arm64, ", Assert.IsType<Resolution.NotFound>(await Ask.Async(server, platform: "windows/amd64")).Message, StringComparison.Ordinal);
        Assert.Contains("say which of linux/arm/v6, linux/arm/v7", Assert.IsType<Resolution.Refused>(await Ask.Async(server, platform: "linux/arm")).Message, StringComparison.Ordinal);
        Assert.Contains("os/arch", Assert.IsType<Resolution.Refused>(await Ask.Async(server, platform: "linux")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_for_one_platform_the_first_is_taken_and_said()
    {
        string Line(string build, char digit) => $$"""{"digest":"sha256:{{new string(digit, 64)}}","platform":{"os":"windows","architecture":"amd64","os.version":"{{build}}"} }""";
        await using var server = new ScriptedServer(_ => Replies.Text(200, $$"""{"manifests":[{{Line("10.0.20348.1", 'a')}},{{Line("10.0.17763.2", 'b')}}]}"""));
        var answer = Assert.IsType<Resolution.Resolved>(await Ask.Async(server, platform: "windows/amd64"));
        Assert.Equal(new string('a', 64), answer.Digest.Hex);
        Assert.Equal("2 images are for windows/amd64; the first (10.0.20348.1) was taken", answer.Note);
    }

    [Theory]
    [InlineData("linux/arm64", true)]
    [InlineData("linux/amd64", false)]
    public async Task A_single_manifest_is_judged_by_its_config(string asked, bool fits)
    {
        var (digest, manifest) = Image.Manifests["linux/arm64/v8"];
        await using var server = new ScriptedServer(r => r.Target == $"/v2/team/app/blobs/{Image.Configs["linux/arm64/v8"].Digest}" ? Replies.With(200, Image.Configs["linux/arm64/v8"].Bytes) : Replies.Manifest(manifest, SampleImage.ManifestType));
        var answer = await Ask.Async(server, platform: asked);
        if (fits)
        {
            Assert.Equal(new Resolution.Resolved(digest, SampleImage.ManifestType, Verified: true), answer);
        }
        else
        {
            Assert.Contains("single manifest for linux/arm64, not for linux/amd64", Assert.IsType<Resolution.NotFound>(answer).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_config_with_other_bytes_is_refused()
    {
        await using var server = new ScriptedServer(r => r.Target.Contains("/blobs/", StringComparison.Ordinal) ? Replies.Text(200, """{"os":"linux","architecture":"amd64"}""") : Replies.Manifest(Image.Manifests["linux/amd64"].Bytes, SampleImage.ManifestType));
        Assert.Contains("other bytes", Assert.IsType<Resolution.Refused>(await Ask.Async(server, platform: "linux/amd64")).Message, StringComparison.Ordinal);
    }
}
