using Cleat.Files;
using Cleat.References;
using Cleat.Registries.Layouts;
using Cleat.Registries;

namespace Cleat.Tests.Registries;

public sealed class OciLayoutReading : IDisposable
{
    private static readonly SampleImage Image = new("linux/amd64", "linux/arm64/v8");

    private readonly string root = Directory.CreateTempSubdirectory("cleat-layout-").FullName;

    private string Folder => Path.Combine(root, "nginx");

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory]
    [InlineData("docker.io/library/nginx:1.27", "nginx:1.27", true)]
    [InlineData("nginx:1.27", "docker.io/nginx:1.27", true)]
    [InlineData("registry.example/team/app:1", "registry.example/team/app:1", true)]
    [InlineData("registry.example/team/app:1", "team/app:1", false)]
    [InlineData("nginx:1.27", "nginx:1.28", false)]
    [InlineData("nginx:1.27", "redis:1.27", false)]
    [InlineData("1.27", "nginx:1.27", true)]
    [InlineData("1.27", "quay.io/org/nginx:1.27", true)]
    [InlineData("1.27", "redis:1.27", false)]
    [InlineData("latest", "nginx", true)]
    public async Task Names_match_in_full_and_bare_tags_by_the_folders_name(string name, string asked, bool found)
    {
        Image.WriteLayout(Folder, name);
        var answer = await Ask.Async(Open(), asked);
        Assert.Equal(found ? new Resolution.Resolved(Image.IndexDigest, SampleImage.IndexType, Verified: true) : null, answer as Resolution.Resolved);
        Assert.Equal(found, answer is not Resolution.NotFound);
    }

    [Fact]
    public async Task Names_in_an_unnamed_index_are_found()
    {
        Image.WriteLayout(Folder, "nginx:1.27");
        var nested = await File.ReadAllBytesAsync(Path.Combine(Folder, "index.json"), TestContext.Current.CancellationToken);
        var digest = Digest.Sha256(nested);
        await File.WriteAllBytesAsync(Path.Combine(Folder, "blobs", "sha256", digest.Hex), nested, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Folder, "index.json"), $$"""{"manifests":[{"mediaType":"{{SampleImage.IndexType}}","digest":"{{digest}}"}]}""", TestContext.Current.CancellationToken);
        Assert.Equal(Image.IndexDigest, (await Ask.OkAsync(Open(), "nginx:1.27")).Digest);
    }

    [Fact]
    public async Task Containerds_name_matches()
    {
        Image.WriteLayout(Folder, "docker.io/library/redis:7", annotation: "io.containerd.image.name");
        await Ask.OkAsync(Open(), "redis:7");
    }

    [Fact]
    public async Task Platforms_are_chosen_in_an_index_and_checked_in_a_manifest()
    {
        Image.WriteLayout(Folder, "nginx:1.27");
        Assert.Equal(Image.Manifests["linux/arm64/v8"].Digest, (await Ask.OkAsync(Open(), "nginx:1.27", "linux/arm64")).Digest);
        Image.WriteLayout(Folder, "nginx:1.27", "linux/amd64");
        await Ask.OkAsync(Open(), "nginx:1.27", "linux/amd64");
        Assert.IsType<Resolution.NotFound>(await Ask.Async(Open(), "nginx:1.27", "linux/arm64"));
    }

    [Fact]
    public async Task A_blob_that_is_gone_or_damaged_is_no_answer()
    {
        Image.WriteLayout(Folder, "nginx:1.27");
        var blob = Path.Combine(Folder, "blobs", "sha256", Image.IndexDigest.Hex);
        await File.WriteAllTextAsync(blob, "{}", TestContext.Current.CancellationToken);
        Assert.Contains("damaged", Assert.IsType<Resolution.Refused>(await Ask.Async(Open(), "nginx:1.27")).Message, StringComparison.Ordinal);
        File.Delete(blob);
        Assert.IsType<Resolution.NotFound>(await Ask.Async(Open(), "nginx:1.27"));
    }

    [Fact]
    public async Task A_link_out_of_the_folder_is_not_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        Image.WriteLayout(Folder, "nginx:1.27");
        Directory.Move(Path.Combine(Folder, "blobs"), Path.Combine(root, "outside"));
        Directory.CreateSymbolicLink(Path.Combine(Folder, "blobs"), Path.Combine(root, "outside"));
        Assert.Contains("link", Assert.IsType<Resolution.Refused>(await Ask.Async(Open(), "nginx:1.27")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../../../etc/passwd")]
    [InlineData("sha256:../../../../etc/passwd")]
    public async Task A_digest_that_is_a_path_is_refused(string digest)
    {
        Image.WriteLayout(Folder, "nginx:1.27");
        await File.WriteAllTextAsync(Path.Combine(Folder, "index.json"), $$"""{"manifests":[{"digest":"{{digest}}","annotations":{"org.opencontainers.image.ref.name":"nginx:1.27"} }]}""", TestContext.Current.CancellationToken);
        Assert.IsType<Resolution.Refused>(await Ask.Async(Open(), "nginx:1.27"));
    }

    [Fact]
    public async Task One_name_for_two_digests_is_refused()
    {
        Image.WriteLayout(Folder, "nginx:1.27");
        string Line(string platform) => $$"""{"mediaType":"{{SampleImage.ManifestType}}","digest":"{{Image.Manifests[platform].Digest}}","annotations":{"org.opencontainers.image.ref.name":"nginx:1.27"} }""";
        await File.WriteAllTextAsync(Path.Combine(Folder, "index.json"), $$"""{"manifests":[{{Line("linux/amd64")}},{{Line("linux/arm64/v8")}}]}""", TestContext.Current.CancellationToken);
        Assert.Contains("twice", Assert.IsType<Resolution.Refused>(await Ask.Async(Open(), "nginx:1.27")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "{}", "no oci-layout file")]
    [InlineData("{}", "{}", "imageLayoutVersion")]
    [InlineData("{\"imageLayoutVersion\":\"2.0.0\"}", "{}", "version 2.0.0")]
    [InlineData("{\"imageLayoutVersion\":\"1.0.0\"}", null, "no index.json")]
    [InlineData("{\"imageLayoutVersion\":\"1.0.0\"}", "[", "index.json is no manifest")]
    public void What_is_no_layout_is_said(string? marker, string? index, string why)
    {
        Directory.CreateDirectory(Folder);
        if (marker is not null)
        {
            File.WriteAllText(Path.Combine(Folder, "oci-layout"), marker);
        }

        if (index is not null)
        {
            File.WriteAllText(Path.Combine(Folder, "index.json"), index);
        }

        Assert.False(OciLayout.TryOpen(Folder, out _, out var problem));
        Assert.Contains(why, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void No_folder_is_said()
    {
        Assert.False(OciLayout.TryOpen(Path.Combine(root, "none"), out _, out var problem));
        Assert.Contains("is no folder", problem, StringComparison.Ordinal);
        Assert.False(OciLayout.TryOpen("", out _, out problem));
        Assert.Contains("path", problem, StringComparison.Ordinal);
    }

    private OciLayout Open() => OciLayout.TryOpen(Folder, out var layout, out var problem) ? layout : throw new InvalidOperationException(problem);
}
