namespace Cleat.Formats.Azure;

/// <summary>What Azure's tools read.</summary>
internal static class AzureFormats
{
    public static IReadOnlyList<Format> All { get; } =
    [
        .. Bicep.All,
        ArmTemplate.Format,
    ];
}
