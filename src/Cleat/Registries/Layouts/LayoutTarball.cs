using Cleat.Files;
using System.Formats.Tar;
using System.IO.Compression;
using Cleat.References;
using Cleat.Registries.Client;

namespace Cleat.Registries.Layouts;

/// <summary>
/// A layout in a tarball, plain or gzip: an OCI archive, or what <c>docker save</c> writes since version 25. Read once, from
/// the beginning to the end; only what is small enough for a manifest is kept.
/// </summary>
internal sealed class LayoutTarball : LayoutFiles
{
    /// <summary>Bytes kept in all: some sixty manifests of the largest size, many thousands of the usual one.</summary>
    private const long Most = 256L * 1024 * 1024;

    /// <summary>What the smallest file counts: a name and its place in memory, so that millions of empty objects end somewhere, too.</summary>
    private const long LeastKept = 1024;

    private readonly Dictionary<string, byte[]> files = new(StringComparer.Ordinal);
    private string? broken;

    private LayoutTarball(string path)
        : base(path)
    {
        var name = System.IO.Path.GetFileName(path);
        Name = name.IndexOf('.', 1) is var dot and > 0 ? name[..dot] : name;
    }

    internal override string Name { get; }

    protected override string? Absent =>
        broken is not null ? $"{Path} cannot be read: {broken}"
        : files.ContainsKey("oci-layout") ? null
        : files.ContainsKey("manifest.json") ? $"{Path} is a tarball of an old docker save: it has image IDs only, and no digest that a registry knows. Use: skopeo copy docker://IMAGE oci-archive:FILE"
        : files.Count == 0 ? $"{Path} is no tarball, or an empty one"
        : $"{Path} is no tarball of images: it has neither oci-layout nor manifest.json";

    internal static LayoutTarball Open(string path)
    {
        LayoutTarball tarball = new(path);
        using var stream = FileReader.Open(path, out var problem);
        if (stream is null)
        {
            tarball.broken = problem;
            return tarball;
        }

        try
        {
            tarball.ReadAll(stream);
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or IOException or ArgumentException)
        {
            tarball.broken = $"{e.Message.TrimEnd('.')}";
        }

        return tarball;
    }

    // an engine without the containerd store saves its layers unpacked and makes a manifest up for them: no registry has its digest
    internal override string? Distrust(ManifestDocument document)
    {
        if (!files.ContainsKey("manifest.json"))
        {
            return null;
        }

        var image = document;
        if (document.Entries is { } entries)
        {
            var first = entries.FirstOrDefault(e => e.Platform?.Os != "unknown" && Digest.TryParse(e.Digest, out var d, out _) && Blob(d).IsOk);
            image = first is not null && Digest.TryParse(first.Digest, out var digest, out _) && Blob(digest) is { IsOk: true } blob
                ? ManifestDocument.Read(blob.Value, first.MediaType, Path).Value ?? document
                : document;
        }

        return image.Layers.Any(l => l is "application/vnd.oci.image.layer.v1.tar" or "application/vnd.docker.image.rootfs.diff.tar")
            ? $"docker save wrote its layers unpacked into {Path}, under a digest that no registry has. Use: skopeo copy docker://IMAGE oci-archive:FILE"
            : null;
    }

    protected override Outcome<byte[]> Read(params ReadOnlySpan<string> parts)
    {
        var name = string.Join('/', parts!);
        return files.TryGetValue(name, out var bytes) ? bytes : new Resolution.NotFound($"{Path} has no {name}, or none as small as a manifest");
    }

    private void ReadAll(Stream stream)
    {
        using var unpacked = IsGzip(stream) ? new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true) : null;
        using TarReader reader = new(unpacked ?? stream, leaveOpen: true);
        var left = Most;
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || entry.Length > Largest || entry.Length > left)
            {
                continue;
            }

            var name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
            var bytes = new byte[entry.Length];
            entry.DataStream?.ReadExactly(bytes);

            // layers that are small are not kept: every document is a JSON object
            if (name is "oci-layout" || bytes.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..])
            {
                files[name] = bytes;
                left -= long.Max(entry.Length, LeastKept);
            }
        }
    }

    private static bool IsGzip(Stream stream)
    {
        Span<byte> mark = stackalloc byte[2];
        var isGzip = stream.ReadAtLeast(mark, 2, throwOnEndOfStream: false) == 2 && mark is [0x1f, 0x8b];
        stream.Position = 0;
        return isGzip;
    }
}
