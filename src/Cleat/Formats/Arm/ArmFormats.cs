namespace Cleat.Formats.Arm;

/// <summary>Azure Resource Manager's own languages, and what <c>az … create --yaml</c> takes.</summary>
internal static class ArmFormats
{
    public static IReadOnlyList<Format> All { get; } =
    [
        ArmTemplate.Format,
        ArmParameters.Format,
        new("azure-containers", "Azure Container Apps and Instances (az … create --yaml)", "*.yaml", "*.yml")
        {
            Signs = new() { NeverKubernetes = true },
            Requires = ["type", "properties"],
            Paths = new(
                "{type=Microsoft.App/*}.properties.template.*ontainers[].image",
                "{type=Microsoft.ContainerInstance/*}.properties.*ontainers[].properties.image"),
        },
    ];
}
