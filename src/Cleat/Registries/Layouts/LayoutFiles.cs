using System.Diagnostics.CodeAnalysis;
using Cleat.References;
using Cleat.Registries.Client;
using Cleat.Text;

namespace Cleat.Registries.Layouts;

/// <summary>The files of an OCI layout (OCI image-spec, image-layout.md), wherever they lie.</summary>
/// <param name="path">As the user named it, for messages.</param>
internal abstract class LayoutFiles(string path)
{
    /// <summary>Bytes that one document may have.</summary>
    internal const long Largest = 4 * 1024 * 1024;

    internal string Path => path;

    /// <summary>The folder's or file's own name, without what follows a dot in a file's.</summary>
    internal abstract string Name { get; }

    /// <summary>Why this is no place for a layout at all; null when it may be one.</summary>
    protected abstract string? Absent { get; }

    /// <summary>Whether it says that it is a layout, of the one version there is.</summary>
    internal bool TryCheck([NotNullWhen(false)] out string? problem)
    {
        var marker = Absent is null ? Read("oci-layout") : new Resolution.NotFound(Absent);
        problem = Absent is { } absent ? absent
            : !marker.IsOk ? $"{path} is no OCI image layout: {(marker.Failure is Resolution.NotFound ? "it has no oci-layout file" : ((Resolution.Refused)marker.Failure).Message)}"
            : Version(marker.Value) is not { } version ? $"{path} is no OCI image layout: its oci-layout file does not say imageLayoutVersion"
            : !version.StartsWith("1.", StringComparison.Ordinal) ? $"{path} is an OCI image layout of version {PrintableText.Abbreviated(version)}: only version 1 is known"
            : null;
        return problem is null;
    }

    /// <summary>index.json, or <see cref="Resolution.Refused"/>.</summary>
    internal Outcome<byte[]> Index()
    {
        var index = Read("index.json");
        return index.Failure is Resolution.NotFound ? new Resolution.Refused($"{path} is no OCI image layout: it has no index.json") : index;
    }

    /// <summary>A blob whose bytes hash to its name.</summary>
    internal Outcome<byte[]> Blob(Digest digest)
    {
        var blob = Read("blobs", digest.Algorithm, digest.Hex);
        return blob.IsOk && !digest.Matches(blob.Value)
            ? new Resolution.Refused($"{path}: the blob {digest} is damaged: its bytes hash to {Digest.Sha256(blob.Value)}")
            : blob;
    }

    /// <summary>Why a digest out of here is none that a registry has; null when it may be.</summary>
    internal virtual string? Distrust(ManifestDocument document) => null;

    /// <returns><see cref="Resolution.NotFound"/> or <see cref="Resolution.Refused"/> for a failure.</returns>
    protected abstract Outcome<byte[]> Read(params ReadOnlySpan<string> parts);

    private static string? Version(byte[] marker)
    {
        if (!JsonText.TryObject(marker, out var json))
        {
            return null;
        }

        using (json)
        {
            return JsonText.String(json.RootElement, "imageLayoutVersion");
        }
    }
}
