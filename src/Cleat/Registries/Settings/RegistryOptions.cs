using System.Collections.Frozen;
using System.Net;
using Cleat.Registries.Client;
using Cleat.Registries.SignIn;

namespace Cleat.Registries.Settings;

/// <summary>How a <see cref="RegistryApi"/> asks. Every default is visible here.</summary>
internal sealed record RegistryOptions
{
    /// <summary>Who signs in where.</summary>
    public Credentials Credentials { get; init; } = Credentials.None;

    /// <summary>Who is asked in a registry's place.</summary>
    public Mirrors Mirrors { get; init; } = Mirrors.None;

    /// <summary>Folders of authorities and client certificates, a folder for each host in them: <c>/etc/docker/certs.d</c>.</summary>
    public IReadOnlyList<string> CertificateFolders { get; init; } = [];

    /// <summary>Hosts that no proxy stands before, as in NO_PROXY; loopback is always one.</summary>
    public string? NoProxy { get; init; }

    /// <summary>The proxy before all other hosts; null for the environment's.</summary>
    public IWebProxy? Proxy { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Takes the place of the client's own connection pool; it must not follow redirects. The owner disposes it. For tests.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>True to fetch every manifest and hash it; false to believe the registry's digest header, which costs no pull quota.</summary>
    public bool Verify { get; init; }

    /// <summary><c>host[:port]</c> as it stands in references: these are asked over plain http only.</summary>
    public IReadOnlySet<string> PlainHttpHosts { get; init; } = FrozenSet<string>.Empty;

    /// <summary>A PEM file with certificates to trust beside the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>More such files, each for one host only: <c>host[:port]</c> as it stands in references.</summary>
    public IReadOnlyDictionary<string, string> CaFilesByHost { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>For one reference, retries and waits included.</summary>
    public TimeSpan TotalTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For one request, its body included.</summary>
    public TimeSpan RequestTime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The wait before the first retry; it doubles, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Tries of one request, the first included.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>Requests under way to one host at one time.</summary>
    public int PerHost { get; init; } = 8;

    /// <summary>Bytes of a manifest, a token or a config. OCI distribution-spec, "Pushing Manifests": registries must take 4 MiB.</summary>
    public int MaxBody { get; init; } = 4 * 1024 * 1024;

    /// <summary>How long a mirror that gave no answer is left alone; null for as long as the client lives.</summary>
    public TimeSpan? MirrorRest { get; init; }

    public int MaxRedirects { get; init; } = 5;
}
