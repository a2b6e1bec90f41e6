using Cleat.Registries.SignIn;

namespace Cleat;

/// <summary>As whom a registry is asked: a user with a password, or an identity token. Equal when all of it is; it prints as its user alone.</summary>
public sealed class RegistryCredential : IEquatable<RegistryCredential>
{
    private readonly Credential credential;

    /// <param name="identityToken">An OAuth2 refresh token (Docker: <c>identitytoken</c>); null for none.</param>
    public RegistryCredential(string username, string password, string? identityToken = null) =>
        credential = new(username, new Secret(password), identityToken is null ? null : new Secret(identityToken));

    private RegistryCredential(Credential credential) => this.credential = credential;

    public string Username => credential.Username;

    /// <summary>The entries of a docker config, <c>{"auths": {…}}</c>, or of the older <c>.dockercfg</c>, which is the map in it alone.</summary>
    /// <returns>Each entry's key, <c>host[:port][/path]</c> in one spelling (no scheme, no API version, a registry with several hosts by its name in references), with its credential; empty when nothing of it can be read. An entry that cannot be read is left out.</returns>
    public static IReadOnlyList<KeyValuePair<string, RegistryCredential>> OfDockerConfig(ReadOnlyMemory<byte> json) =>
        [.. DockerConfig.Entries(json).Select(e => KeyValuePair.Create(CredentialKey.Normalize(e.Key), new RegistryCredential(e.Credential)))];

    /// <summary>Hashes all of it, for keys of what it was answered; <paramref name="key"/> is a secret of this process, so that nobody can try passwords on the hash.</summary>
    public byte[] Fingerprint(ReadOnlySpan<byte> key) =>
        System.Security.Cryptography.HMACSHA256.HashData(key, System.Text.Encoding.UTF8.GetBytes($"{credential.Username}\n{credential.Password.Reveal()}\n{credential.IdentityToken?.Reveal()}"));

    public bool Equals(RegistryCredential? other) =>
        other is not null && other.credential.Username == credential.Username && other.credential.Password.Reveal() == credential.Password.Reveal()
        && other.credential.IdentityToken?.Reveal() == credential.IdentityToken?.Reveal();

    public override bool Equals(object? obj) => Equals(obj as RegistryCredential);

    public override int GetHashCode() => HashCode.Combine(credential.Username, credential.Password.Reveal(), credential.IdentityToken?.Reveal());

    public override string ToString() => credential.Username;

    internal Credentials For(string registry) => Credentials.For(registry, credential);
}
