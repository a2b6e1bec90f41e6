namespace Cleat.Registries.SignIn;

/// <summary>Who asks for one reference: the credentials stored for its registry, looked up when a registry first asks, or nobody.</summary>
internal sealed class RegistrySignIn(Credentials credentials, string registry, string repository, bool anonymous)
{
    private CredentialAnswer? answer;

    internal bool Anonymous => anonymous;

    /// <summary>Whether credentials were looked for and found.</summary>
    internal bool Used => answer?.Credential is not null;

    /// <summary>What went wrong in looking them up, or null.</summary>
    internal string? Note => answer?.Note;

    internal async Task<Credential?> CredentialAsync(CancellationToken cancellation)
    {
        if (!anonymous)
        {
            answer ??= await credentials.FindAsync(registry, repository, cancellation);
        }

        return answer?.Credential;
    }
}
