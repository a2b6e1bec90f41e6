using Cleat.References;
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

    [Theory]
    [InlineData("linux/amd64", "linux/amd64 linux/amd64/v3", "linux/amd64")]
    [InlineData("linux/amd64", "linux/amd64/v3 linux/amd64", "linux/amd64")]
    [InlineData("linux/amd64/v3", "linux/amd64 linux/amd64/v3", "linux/amd64/v3")]
    [InlineData("linux/amd64", "linux/amd64/v2 linux/amd64/v3", null)]
    [InlineData("linux/arm", "linux/arm/v6 linux/arm/v7", null)]
    [InlineData("linux/arm/v7", "linux/arm linux/arm/v6", "linux/arm")]
    [InlineData("windows/amd64", "windows(10.0.20348.1)/amd64", "windows(10.0.20348.1)/amd64")]
    [InlineData("windows/amd64", "windows(10.0.20348.1)/amd64 windows(10.0.17763.2)/amd64", null)]
    [InlineData("windows(10.0.17763)/amd64", "windows(10.0.20348.1)/amd64 windows(10.0.17763.2)/amd64", "windows(10.0.17763.2)/amd64")]
    [InlineData("windows(10.0.17763.9)/amd64", "windows(10.0.20348.1)/amd64 windows(10.0.17763.2)/amd64", "windows(10.0.17763.2)/amd64")]
    [InlineData("windows(10.0.17763)/amd64", "windows(10.0.17763.1)/amd64 windows(10.0.17763.2)/amd64", null)]
    public async Task The_exact_platform_is_chosen_and_none_is_guessed(string asked, string offered, string? chosen)
    {
        var platforms = offered.Split(' ');
        string Line(string platform, int i)
        {
            var (os, version) = platform.Split('/')[0] is var first && first.Contains('(', StringComparison.Ordinal) ? (first[..first.IndexOf('(', StringComparison.Ordinal)], first[(first.IndexOf('(', StringComparison.Ordinal) + 1)..^1]) : (first, "");
            var variant = platform.Split('/') is [_, _, var v] ? v : "";
            return $$"""{"digest":"sha256:{{new string((char)('a' + i), 64)}}","platform":{"os":"{{os}}","architecture":"{{platform.Split('/')[1]}}","variant":"{{variant}}","os.version":"{{version}}"} }""";
        }

        await using var server = new ScriptedServer(_ => Replies.Text(200, $$"""{"manifests":[{{string.Join(",", platforms.Select(Line))}}]}"""));
        var answer = await Ask.Async(server, platform: asked);

        // what is read for an update, and what a lock holds, is chosen from in the same way
        List<ImageChild> children = [.. platforms.Select((p, i) => new ImageChild(Digest(i), SampleImage.ManifestType, p, 0))];
        var again = PlatformChoice.FromChildren(children, asked, "it");
        if (chosen is null)
        {
            Assert.EndsWith($"say which of {string.Join(", ", platforms)}", Assert.IsType<Resolution.Refused>(answer).Message, StringComparison.Ordinal);
            Assert.IsType<Resolution.Refused>(again);
        }
        else
        {
            Assert.Equal(new Resolution.Resolved(Digest(Array.IndexOf(platforms, chosen)), SampleImage.ManifestType, Verified: true), answer);
            Assert.Equal(new Resolution.Resolved(Digest(Array.IndexOf(platforms, chosen)), SampleImage.ManifestType, Verified: false), again);
        }
    }

    [Fact]
    public async Task Of_two_images_for_just_one_platform_the_first_is_taken_and_said()
    {
        string Line(int i) => $$"""{"digest":"{{Digest(i)}}","platform":{"os":"linux","architecture":"amd64"} }""";
        await using var server = new ScriptedServer(_ => Replies.Text(200, $$"""{"manifests":[{{Line(0)}},{{Line(1)}},{{Line(0)}}]}"""));
        var answer = Assert.IsType<Resolution.Resolved>(await Ask.Async(server, platform: "linux/amd64"));
        Assert.Equal((Digest(0), "2 images are for linux/amd64; the first was taken"), (answer.Digest, answer.Note));
    }

    [Theory]
    [InlineData("windows(10.0.17763)/amd64", true)]
    [InlineData("windows()/amd64", false)]
    [InlineData("windows(10.0/amd64", false)]
    [InlineData("(10.0)/amd64", false)]
    [InlineData("linux/amd64/v3/x", false)]
    public void A_platform_is_written_as_containerd_writes_it(string text, bool good)
    {
        Assert.Equal(good, Platform.TryParse(text, out var platform));
        Assert.Equal(good ? text : null, platform?.ToString());
    }

    private static Digest Digest(int i) => Cleat.References.Digest.TryParse($"sha256:{new string((char)('a' + i), 64)}", out var digest, out _) ? digest : default;

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
