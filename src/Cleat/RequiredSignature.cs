using Cleat.Registries.SignIn;

namespace Cleat;

/// <summary>A signature that images must have, as the program <c>cosign</c> judges it (github.com/sigstore/cosign).</summary>
public sealed class RequiredSignature
{
    private RequiredSignature(params IReadOnlyList<string> arguments) => Cosign = new(
        CosignProgram.Find(Environment.GetEnvironmentVariable("PATH"))
            ?? throw new CleatException("a required signature needs the program cosign, which is not in PATH: https://docs.sigstore.dev/cosign/system_config/installation/"),
        arguments);

    internal CosignProgram Cosign { get; }

    /// <summary>By a key.</summary>
    /// <param name="key">The public key: a file, or what else <c>cosign verify --key</c> takes.</param>
    /// <exception cref="CleatException">There is no cosign.</exception>
    public static RequiredSignature OfKey(string key) => new($"--key={key}");

    /// <summary>Keyless: by an identity that an issuer vouches for.</summary>
    /// <param name="identity">Who signed, as in the certificate.</param>
    /// <exception cref="CleatException">There is no cosign.</exception>
    public static RequiredSignature OfIdentity(string identity, string issuer) => new($"--certificate-identity={identity}", $"--certificate-oidc-issuer={issuer}");

    /// <summary>Keyless: by any identity that a pattern matches.</summary>
    /// <param name="pattern">A regular expression, as cosign reads it.</param>
    /// <exception cref="CleatException">There is no cosign.</exception>
    public static RequiredSignature OfIdentityPattern(string pattern, string issuer) => new($"--certificate-identity-regexp={pattern}", $"--certificate-oidc-issuer={issuer}");
}
