using Cleat.Formats.Bake;
using Cleat.Formats.Nomad;
using Cleat.Formats.Terraform;

namespace Cleat.Formats.Hcl;

/// <summary>The formats written in HCL.</summary>
internal static class HclFormats
{
    public static IReadOnlyList<Format> All { get; } =
    [
        .. TerraformFormat.All,
        InputFiles.Format,
        BakeFormat.Format,
        .. NomadFormat.All,
    ];
}
