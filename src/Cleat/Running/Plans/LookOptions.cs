namespace Cleat;

/// <summary>How what runs is judged, and what is asked beside it. Every default is visible here.</summary>
public sealed record LookOptions
{
    /// <summary>The rules and exemptions that hold.</summary>
    public CleatConfig Config { get; init; } = CleatConfig.Empty;

    /// <summary>Asked what each tag means now; null asks no registry.</summary>
    public RegistryClient? Registry { get; init; }

    /// <summary>The platform whose digest is asked for, as <c>os/arch[/variant]</c>; null for what the config says, else for what the tag itself names. A cluster's pods run on platforms of their own: there it is left aside.</summary>
    public string? Platform { get; init; }

    /// <summary>Hears how many of the distinct references are resolved.</summary>
    public IProgress<(int Done, int Total)>? Progress { get; init; }

    /// <summary>Which digest a pin is made to; <see cref="PinTo.Registry"/> wants <see cref="Registry"/>.</summary>
    public PinTo To { get; init; }
}
