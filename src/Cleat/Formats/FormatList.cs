using Cleat.Formats.Apps;
using Cleat.Formats.Aws;
using Cleat.Formats.Azure;
using Cleat.Formats.Ci;
using Cleat.Formats.Compose;
using Cleat.Formats.DockerHub;
using Cleat.Formats.Dockerfile;
using Cleat.Formats.Hcl;
using Cleat.Formats.Kubernetes;

namespace Cleat.Formats;

/// <summary>THE list. The first format that claims a document reads it.</summary>
internal static class FormatList
{
    /// <summary>Formats that know their files by name come first, those that look at the content after them.</summary>
    public static IReadOnlyList<Format> All { get; } =
    [
        .. DockerfileFormat.All,
        .. ComposeFormat.All,
        ComposeEnvironmentFormat.Format,
        .. CiFormats.All,
        .. AppFormats.All,
        .. HclFormats.All,
        .. AwsFormats.All,
        .. AzureFormats.All,
        DevContainer.DevContainer.Format,
        .. CiFormats.ByContent,
        DockerHubTag.Format,
        KubernetesFormat.Format,
        .. AppFormats.ByContent,
    ];
}
