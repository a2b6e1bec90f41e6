namespace Cleat.Admission.Hosting;

/// <summary>How <c>cleat-admission</c> runs. Every default is visible here.</summary>
internal sealed record AdmissionOptions
{
    public string Listen { get; init; } = "0.0.0.0:8443";

    /// <summary>PEM files; null for plain http, which loopback alone may have.</summary>
    public string? TlsCert { get; init; }

    public string? TlsKey { get; init; }

    /// <summary>PEM: who calls must show a certificate of it.</summary>
    public string? ClientCa { get; init; }

    /// <summary>The secret of its own namespace that holds a certificate of its own making; null for files.</summary>
    public string? TlsSecret { get; init; }

    /// <summary>The Service that the API server calls.</summary>
    public string ServiceName { get; init; } = "cleat-admission";

    /// <summary>The webhook configuration, of both kinds, whose <c>caBundle</c> is kept right.</summary>
    public string WebhookName { get; init; } = "zz-cleat-admission";

    public string? Kubeconfig { get; init; }

    /// <summary>False to run without a cluster.</summary>
    public bool UsesCluster { get; init; } = true;

    public string? Redis { get; init; }

    public string? RedisPasswordFile { get; init; }

    public IReadOnlyList<string> PlainHttp { get; init; } = [];

    public string? CaFile { get; init; }

    /// <summary>For one review.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    public bool Enforces { get; init; }

    /// <summary>Where probes and metrics are served over plain http besides; null for nowhere else.</summary>
    public string? Metrics { get; init; }

    public IReadOnlyList<ImageExemption> Exemptions { get; init; } = [];

    public bool TrustsCallers { get; init; }

    public TimeSpan CacheTime { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan StaleTime { get; init; } = TimeSpan.FromHours(24);

    public int RegistryRate { get; init; } = 50;

    public string? CredentialProviderConfig { get; init; }

    public string? CredentialProviderBinDir { get; init; }

    public bool UsesCloudIdentity { get; init; } = true;

    public bool WritesEvents { get; init; } = true;

    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    public TimeSpan TlsReload { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long it goes on serving after it was asked to end.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(10);
}
