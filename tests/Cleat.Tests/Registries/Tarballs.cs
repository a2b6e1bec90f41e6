using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Cleat.References;
using Cleat.Registries.Layouts;
using Cleat.Registries;

namespace Cleat.Tests.Registries;

public sealed class Tarballs : IDisposable
{
    private static readonly SampleImage Image = new("linux/amd64", "linux/arm64/v8");

    private readonly string root = Directory.CreateTempSubdirectory("cleat-tarball-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_oci_archive_answers_plain_or_gzip(bool gzip)
    {
        var source = Open(Pack("nginx.tar", gzip, Layout("registry.example/team/app:1")));
        Assert.Equal(Image.IndexDigest, (await Ask.OkAsync(source, "registry.example/team/app:1")).Digest);
        Assert.Equal(Image.Manifests["linux/amd64"].Digest, (await Ask.OkAsync(source, "registry.example/team/app:1", "linux/amd64")).Digest);
        Assert.IsType<Resolution.NotFound>(await Ask.Async(source, "registry.example/team/app:2"));
        var read = Assert.IsType<Resolution.Resolved>(await source.ReadAsync(Ask.Reference("registry.example/team/app:1"), config: true, TestContext.Current.CancellationToken));
        Assert.Equal(["linux/amd64", "linux/arm64"], read.Manifest!.Children!.Select(c => c.Platform));
    }

    [Fact]
    public async Task A_bare_tag_answers_for_the_repository_that_the_file_is_named_after()
    {
        var source = Open(Pack("nginx.tar.gz", gzip: true, Layout("1.27")));
        await Ask.OkAsync(source, "nginx:1.27");
        Assert.IsType<Resolution.NotFound>(await Ask.Async(source, "redis:1.27"));
    }

    [Fact]
    public async Task Names_with_a_dot_in_front_are_the_same()
    {
        var files = Layout("nginx:1.27").ToDictionary(f => "./" + f.Key, f => f.Value);
        await Ask.OkAsync(Open(Pack("x.tar", gzip: false, files)), "nginx:1.27");
    }

    [Fact]
    public async Task Docker_save_answers_with_what_a_registry_has_and_refuses_what_it_made_up()
    {
        var files = Layout("docker.io/library/nginx:1.27", "io.containerd.image.name");
        files["manifest.json"] = "[]"u8.ToArray();
        Assert.Equal(Image.IndexDigest, (await Ask.OkAsync(Open(Pack("saved.tar", gzip: false, files)), "nginx:1.27")).Digest);

        var manifest = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Image.Manifests["linux/amd64"].Bytes).Replace("layer.v1.tar+gzip", "layer.v1.tar", StringComparison.Ordinal));
        var digest = Digest.Sha256(manifest);
        files[$"blobs/sha256/{digest.Hex}"] = manifest;
        files["index.json"] = Encoding.UTF8.GetBytes($$"""{"manifests":[{"mediaType":"{{SampleImage.ManifestType}}","digest":"{{digest}}","annotations":{"io.containerd.image.name":"docker.io/library/nginx:1.27"} }]}""");
        Assert.Contains("no registry has", Assert.IsType<Resolution.Refused>(await Ask.Async(Open(Pack("made.tar", gzip: false, files)), "nginx:1.27")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_blob_is_no_answer()
    {
        var files = Layout("nginx:1.27");
        files[$"blobs/sha256/{Image.IndexDigest.Hex}"] = "{}"u8.ToArray();
        Assert.Contains("damaged", Assert.IsType<Resolution.Refused>(await Ask.Async(Open(Pack("x.tar", gzip: false, files)), "nginx:1.27")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_tarball_of_images_is_said()
    {
        Assert.Contains("old docker save", Problem(Pack("old.tar", gzip: false, new() { ["manifest.json"] = "[]"u8.ToArray(), ["repositories"] = "{}"u8.ToArray() })), StringComparison.Ordinal);
        Assert.Contains("neither oci-layout nor manifest.json", Problem(Pack("other.tar", gzip: false, new() { ["package.json"] = "{}"u8.ToArray() })), StringComparison.Ordinal);
        var cut = Pack("cut.tar.gz", gzip: true, Layout("nginx:1.27"));
        using (var stream = new FileStream(cut, FileMode.Open))
        {
            stream.SetLength(stream.Length / 2);
        }

        Assert.Contains("cut.tar.gz", Problem(cut), StringComparison.Ordinal);
    }

    private static string Problem(string file)
    {
        Assert.False(OciLayout.TryOpen(LayoutTarball.Open(file), out _, out var problem));
        return problem;
    }

    private static OciLayout Open(string file) => OciLayout.TryOpen(LayoutTarball.Open(file), out var layout, out var problem) ? layout : throw new InvalidOperationException(problem);

    private Dictionary<string, byte[]> Layout(string name, string annotation = "org.opencontainers.image.ref.name")
    {
        var folder = Path.Combine(root, "layout");
        Image.WriteLayout(folder, name, annotation: annotation);
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(folder, f), File.ReadAllBytes);
    }

    private string Pack(string name, bool gzip, Dictionary<string, byte[]> files)
    {
        var path = Path.Combine(root, name);
        using var stream = File.Create(path);
        using Stream packed = gzip ? new GZipStream(stream, CompressionLevel.Fastest) : stream;
        using var writer = new TarWriter(packed);
        foreach (var (file, bytes) in files)
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, file) { DataStream = new MemoryStream(bytes) });
        }

        return path;
    }
}
