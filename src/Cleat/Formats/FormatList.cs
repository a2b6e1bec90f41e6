using Cleat.Formats.Ansible;
using Cleat.Formats.Apps;
using Cleat.Formats.Arm;
using Cleat.Formats.Aws;
using Cleat.Formats.Bazel;
using Cleat.Formats.Bicep;
using Cleat.Formats.Buildpacks;
using Cleat.Formats.Ci;
using Cleat.Formats.Compose;
using Cleat.Formats.DevContainer;
using Cleat.Formats.DockerHub;
using Cleat.Formats.Dockerfile;
using Cleat.Formats.Earthly;
using Cleat.Formats.Hcl;
using Cleat.Formats.Helm;
using Cleat.Formats.Jenkins;
using Cleat.Formats.Kubernetes;
using Cleat.Formats.Kustomize;
using Cleat.Formats.MSBuild;
using Cleat.Formats.Nomad;
using Cleat.Formats.PreCommit;
using Cleat.Formats.Quadlet;
using Cleat.Formats.Shell;

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
        .. AnsibleFormats.All,
        .. AppFormats.All,
        .. HclFormats.All,
        DevContainerFormat.Format,
        KustomizeFormat.Format,
        JsonPatch.Format,
        .. HelmFormats.All,
        .. CiFormats.ByContent,
        .. QuadletFormats.All,
        .. JenkinsFormats.All,
        .. EarthlyFormats.All,
        .. BazelFormats.All,
        .. MSBuildFormats.All,
        .. BuildpackFormats.All,
        .. PreCommitFormats.All,
        .. ShellFormats.All,
        DockerHubTag.Format,
        .. AwsFormats.All,
        .. NomadFormat.ByContent,
        .. BicepFormat.All,
        .. ArmFormats.All,
        AppFormats.ScoreByContent,
        ComposeFormat.ByContent,
        AnsibleFormats.ByContent,
        KubernetesFormat.Format,
    ];
}
