using Cleat.Formats.Arm;
using Cleat.Formats.Bicep;

namespace Cleat.Formats.Azure;

/// <summary>What Azure's tools read.</summary>
internal static class AzureFormats
{
    public static IReadOnlyList<Format> All { get; } =
    [
        .. BicepFormat.All,
        ArmTemplate.Format,
        ArmParameters.Format,
        new("azure-containers", "Azure Container Apps and Instances (az … create --yaml)", "*.yaml", "*.yml")
        {
            NeverKubernetes = true,
            Requires = ["type", "properties"],
            Paths = new(
                "{type=Microsoft.App/*}.properties.template.*ontainers[].image",
                "{type=Microsoft.ContainerInstance/*}.properties.*ontainers[].properties.image"),
        },
    ];
}
