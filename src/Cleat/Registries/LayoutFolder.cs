using System.Diagnostics.CodeAnalysis;
using Cleat.References;

namespace Cleat.Registries;

/// <summary>The files of an OCI layout. Only plain files below the folder are read: a link in it could lead anywhere, so none is followed.</summary>
internal sealed class LayoutFolder(string path)
{
    private const long Largest = 4 * 1024 * 1024;

    internal string Path => path;

    /// <summary>The folder's own name.</summary>
    internal string Name { get; } = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path)));

    /// <summary>Whether it says that it is a layout, of the one version there is.</summary>
    internal bool TryCheck([NotNullWhen(false)] out string? problem)
    {
        var marker = Read("oci-layout");
        problem = !Directory.Exists(path) ? $"{path} is no folder"
            : !marker.IsOk ? $"{path} is no OCI image layout: {(marker.Failure is Resolution.NotFound ? "it has no oci-layout file" : ((Resolution.Refused)marker.Failure).Message)}"
            : Version(marker.Value) is not { } version ? $"{path} is no OCI image layout: its oci-layout file does not say imageLayoutVersion"
            : !version.StartsWith("1.", StringComparison.Ordinal) ? $"{path} is an OCI image layout of version {Printable.Clean(version)}: only version 1 is known"
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

    private Outcome<byte[]> Read(params ReadOnlySpan<string> parts)
    {
        var shown = string.Join('/', parts!);
        try
        {
            var file = path;
            foreach (var part in parts)
            {
                file = System.IO.Path.Combine(file, part);
                if (new FileInfo(file).LinkTarget is not null)
                {
                    return new Resolution.Refused($"{path}: {shown} is a link: nothing outside the folder is read");
                }
            }

            var info = new FileInfo(file);
            return !info.Exists ? new Resolution.NotFound($"{path} has no {shown}")
                : info.Length > Largest ? new Resolution.Refused($"{path}: {shown} has more than the {Largest} bytes that a manifest may have")
                : info.Length == 0 ? [] // a pipe has no length either, and reading it would never end
                : File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Resolution.Refused($"{path}: {shown} cannot be read: {e.Message}");
        }
    }

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
