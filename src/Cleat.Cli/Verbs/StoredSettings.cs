using Cleat.Configuration;
using Cleat.Registries.Client;
using Cleat.Registries.Settings;
using Cleat.Registries.SignIn;

namespace Cleat.Cli.Verbs;

/// <summary>What this machine and the config say of registries: who signs in, who is asked in whose place, whose certificates are trusted.</summary>
internal sealed record StoredSettings(Credentials Credentials, Mirrors Mirrors, IReadOnlyList<string> CertificateFolders, string? NoProxy)
{
    /// <summary>What could not be read, naming the files; or null.</summary>
    public string? Problem => Credentials.Problem is { } one && Mirrors.Problem is { } other ? $"{one}; {other}" : Credentials.Problem ?? Mirrors.Problem;

    public static StoredSettings Read(CleatConfig config)
    {
        Func<string, string?> environment = Environment.GetEnvironmentVariable;
        var mirrors = config.Registries.Where(r => r.Value.Mirror is { Length: > 0 }).ToDictionary(r => r.Key, r => r.Value.Mirror!, StringComparer.Ordinal);
        return new(
            Credentials.FromEnvironment(environment),
            Mirrors.Read(environment, mirrors, config.Source?.Path ?? ""),
            HostCertificates.Folders(environment),
            environment("NO_PROXY") is { Length: > 0 } upper ? upper : environment("no_proxy"));
    }
}
