using Cleat.Registries.SignIn;

namespace Cleat.Running.Kubernetes;

/// <summary>How to reach one cluster, and as whom.</summary>
internal sealed record ClusterAccess
{
    /// <summary>What the cluster is called in reports: the context's name, <c>in-cluster</c>, or the server's address.</summary>
    public required string Name { get; init; }

    public required Uri Server { get; init; }

    /// <summary>The namespace that is meant when none is given.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>The authorities that may vouch for the server, in PEM; null for the system's.</summary>
    public string? Authorities { get; init; }

    /// <summary>The name the server's certificate must bear, when it is not the address's.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>The user's kubeconfig says not to look at the server's certificate.</summary>
    public bool SkipTlsVerify { get; init; }

    /// <summary>The client's certificate and key, in PEM.</summary>
    public string? Certificate { get; init; }

    public Secret? Key { get; init; }

    public Secret? Token { get; init; }

    /// <summary>A file with the token, which is read again now and then: it is renewed while it lies there.</summary>
    public string? TokenFile { get; init; }

    public string? User { get; init; }

    public Secret? Password { get; init; }

    /// <summary>The program that gives credentials, or null.</summary>
    public ExecPlugin? Exec { get; init; }

    public Uri? Proxy { get; init; }

    /// <summary>Whom to act as (<c>as:</c>), or null.</summary>
    public string? ActAs { get; init; }
}
