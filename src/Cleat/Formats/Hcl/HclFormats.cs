namespace Cleat.Formats.Hcl;

/// <summary>The formats written in HCL.</summary>
internal static class HclFormats
{
    public static IReadOnlyList<Format> All { get; } =
    [
        .. Terraform.All,
        Bake.Format,
        .. Nomad.All,
    ];
}
