namespace Cleat.Registries;

/// <summary>How registries are asked. Every default is visible here.</summary>
internal sealed record RegistryOptions
{
    public Credentials? Credentials { get; init; }

    /// <summary>Fetch each manifest and hash it, in place of believing the registry's header.</summary>
    public bool Verify { get; init; }

    /// <summary>Hosts (with their port) that speak http only.</summary>
    public IReadOnlyList<string> PlainHttpHosts { get; init; } = [];

    /// <summary>A PEM file of further authorities to trust, or null.</summary>
    public string? CaFile { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>For one request, its answer's body included.</summary>
    public TimeSpan RequestLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>For one reference, all retries and waits included.</summary>
    public TimeSpan ReferenceLimit { get; init; } = TimeSpan.FromSeconds(60);

    public int PerHost { get; init; } = 8;

    public int Attempts { get; init; } = 4;

    /// <summary>The wait before the second attempt; it doubles each time, with a random part.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(400);
}
