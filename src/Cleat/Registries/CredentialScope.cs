using System.Globalization;

namespace Cleat.Registries;

/// <summary>
/// Which credentials are in force, without the credentials: the files they are stored in, with their sizes and times. A login or
/// a logout makes another scope, so that the cache never answers one user with what another was told.
/// </summary>
internal static class CredentialScope
{
    /// <param name="environment">Looks an environment variable up.</param>
    public static string Of(Func<string, string?> environment)
    {
        var home = environment("HOME") ?? "";
        string?[] files =
        [
            environment("REGISTRY_AUTH_FILE"),
            In(environment("XDG_RUNTIME_DIR"), "containers/auth.json"),
            In(environment("XDG_CONFIG_HOME") is { Length: > 0 } config ? config : Path.Join(home, ".config"), "containers/auth.json"),
            In(environment("DOCKER_CONFIG") is { Length: > 0 } docker ? docker : Path.Join(home, ".docker"), "config.json"),
        ];
        return string.Join(' ', files.Where(f => !string.IsNullOrEmpty(f)).Select(f => Stamp(f!)));
    }

    private static string? In(string? folder, string file) => string.IsNullOrEmpty(folder) ? null : Path.Join(folder, file);

    private static string Stamp(string path)
    {
        FileInfo file = new(path);
        return file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{path}:{file.Length}:{file.LastWriteTimeUtc.Ticks}") : "-";
    }
}
