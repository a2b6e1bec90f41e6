using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Cleat.References;
using Cleat.Running.Kubernetes;

namespace Cleat.Tests.Registries;

/// <summary>A tiny valid image for several platforms, and the OCI layout that holds it.</summary>
internal sealed class SampleImage
{
    internal const string IndexType = "application/vnd.oci.image.index.v1+json";
    internal const string ManifestType = "application/vnd.oci.image.manifest.v1+json";

    private readonly Dictionary<Digest, byte[]> blobs = [];

    internal SampleImage(params string[] platforms)
        : this("", platforms)
    {
    }

    private SampleImage(string author, string[] platforms)
    {
        var layer = Layer(out var diffId);
        Add(layer);
        foreach (var platform in platforms)
        {
            var parts = platform.Split('/');
            var variant = parts.Length > 2 ? $$""", "variant":"{{parts[2]}}" """ : "";
            var os = parts[0].TrimEnd(')').Split('(');
            var version = os.Length > 1 ? $$""", "os.version":"{{os[1]}}" """ : "";
            var said = $$""" "os":"{{os[0]}}","architecture":"{{parts[1]}}"{{variant}}{{version}} """;
            var config = Encoding.UTF8.GetBytes($$"""{ {{said}}{{author}},"config":{},"rootfs":{"type":"layers","diff_ids":["{{diffId}}"] } }""");
            var manifest = Encoding.UTF8.GetBytes($$"""
                {"schemaVersion":2,"mediaType":"{{ManifestType}}",
                 "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{Add(config)}}","size":{{config.Length}}},
                 "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"{{Digest.Sha256(layer)}}","size":{{layer.Length}}}]}
                """);
            Manifests.Add(platform, (Add(manifest), manifest));
            Configs.Add(platform, (Digest.Sha256(config), config));
            lines.Add($$"""{"mediaType":"{{ManifestType}}","digest":"{{Digest.Sha256(manifest)}}","size":{{manifest.Length}},"platform":{ {{said}} } }""");
        }

        Index = Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"{{IndexType}}","manifests":[{{string.Join(",\n", lines)}}]}""");
        IndexDigest = Add(Index);
    }

    private readonly List<string> lines = [];

    /// <summary>Another image for the same platforms: with other digests.</summary>
    internal static SampleImage By(string author, params string[] platforms) => new($$""","author":"{{author}}" """, platforms);

    internal byte[] Index { get; }

    internal Digest IndexDigest { get; }

    internal Dictionary<string, (Digest Digest, byte[] Bytes)> Manifests { get; } = [];

    internal Dictionary<string, (Digest Digest, byte[] Bytes)> Configs { get; } = [];

    /// <summary>Writes a layout that names the index, or one platform's manifest.</summary>
    internal void WriteLayout(string folder, string name, string? platform = null, string annotation = "org.opencontainers.image.ref.name")
    {
        foreach (var (digest, bytes) in blobs)
        {
            Directory.CreateDirectory(Path.Combine(folder, "blobs", digest.Algorithm));
            File.WriteAllBytes(Path.Combine(folder, "blobs", digest.Algorithm, digest.Hex), bytes);
        }

        var (chosen, size) = platform is null ? (IndexDigest, Index.Length) : (Manifests[platform].Digest, Manifests[platform].Bytes.Length);
        File.WriteAllText(Path.Combine(folder, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        File.WriteAllText(Path.Combine(folder, "index.json"), $$"""
            {"schemaVersion":2,"manifests":[{"mediaType":"{{(platform is null ? IndexType : ManifestType)}}","digest":"{{chosen}}","size":{{size}},"annotations":{"{{annotation}}":"{{name}}"} } ] }
            """);
    }

    private Digest Add(byte[] bytes)
    {
        var digest = Digest.Sha256(bytes);
        blobs[digest] = bytes;
        return digest;
    }

    private static byte[] Layer(out Digest diffId)
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "hello") { DataStream = new MemoryStream("hello\n"u8.ToArray()), ModificationTime = DateTimeOffset.UnixEpoch });
        }

        diffId = Digest.Sha256(tar.ToArray());
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(tar.ToArray());
        }

        return zipped.ToArray();
    }
}
