namespace Cleat.Registries.SignIn;

/// <summary>Where credentials are stored, in the order they are looked through.</summary>
internal static class CredentialFiles
{
    /// <summary>A variable that holds such a file's text itself (Docker CLI 28, GitLab runners).</summary>
    internal const string Inline = "DOCKER_AUTH_CONFIG";

    /// <summary>
    /// <c>REGISTRY_AUTH_FILE</c> alone when it is set; else podman's two places, then Docker's (containers-auth.json(5);
    /// docs.docker.com, "docker login"). They need not be there.
    /// </summary>
    /// <param name="environment">Looks an environment variable up.</param>
    internal static IReadOnlyList<string> Of(Func<string, string?> environment)
    {
        if (environment("REGISTRY_AUTH_FILE") is { Length: > 0 } alone)
        {
            return [alone];
        }

        var home = environment("HOME") is { Length: > 0 } said ? said : environment("USERPROFILE");
        string?[] files =
        [
            In(environment("XDG_RUNTIME_DIR"), "containers", "auth.json"),
            In(environment("XDG_CONFIG_HOME") is { Length: > 0 } config ? config : In(home, ".config"), "containers", "auth.json"),
            In(environment("DOCKER_CONFIG") is { Length: > 0 } docker ? docker : In(home, ".docker"), "config.json"),
        ];
        return [.. files.OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    private static string? In(string? folder, params ReadOnlySpan<string> below) => string.IsNullOrEmpty(folder) ? null : Path.Join([folder, .. below]);
}
