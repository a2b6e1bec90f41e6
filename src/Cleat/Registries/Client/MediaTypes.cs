namespace Cleat.Registries.Client;

/// <summary>The media types of manifests (OCI image-spec, media-types.md; Docker "Image Manifest Version 2, Schema 2").</summary>
internal static class MediaTypes
{
    internal const string OciIndex = "application/vnd.oci.image.index.v1+json";
    internal const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";
    internal const string OciManifest = "application/vnd.oci.image.manifest.v1+json";
    internal const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
    internal const string DockerV1 = "application/vnd.docker.distribution.manifest.v1+json";
    internal const string DockerV1Signed = "application/vnd.docker.distribution.manifest.v1+prettyjws";

    /// <summary>One header, comma-joined, without q values: some registries read only the first line, some choke on q.</summary>
    /// <remarks>The two v1 types are asked for only to recognise and refuse them: without them a registry may convert in silence.</remarks>
    internal const string Accept = $"{OciIndex}, {DockerList}, {OciManifest}, {DockerManifest}, {DockerV1Signed}, {DockerV1}";

    internal static bool IsIndex(string? mediaType) => mediaType is OciIndex or DockerList;

    internal static bool IsManifest(string? mediaType) => mediaType is OciManifest or DockerManifest;

    internal static bool IsSchema1(string? mediaType) => mediaType is DockerV1 or DockerV1Signed;
}
