using System.Security.Cryptography;
using System.Text.Json;
using System.Text;
using Cleat.Files;
using Cleat.Text;

namespace Cleat.Running.Docker;

/// <summary>
/// Which engine is meant, in the order of the docker program: what the command line names, <c>DOCKER_HOST</c>,
/// <c>DOCKER_CONTEXT</c>, the current context of its config, the machine's own socket; then Podman's, where only that is there.
/// </summary>
internal sealed class EngineContexts(Func<string, string?> environment)
{
    private const string Machine = "/var/run/docker.sock";

    /// <param name="problem">Why there is none, and what to do.</param>
    public EngineAddress? Find(string? host, string? context, out string? problem)
    {
        if (host is not null)
        {
            return EngineAddress.Of(host, null, TlsOfEnvironment(), out problem);
        }

        if (context is null && Value("DOCKER_HOST") is { } named)
        {
            return EngineAddress.Of(named, null, TlsOfEnvironment(), out problem);
        }

        context ??= Value("DOCKER_CONTEXT") ?? CurrentContext();
        if (context is not null and not "default")
        {
            return OfContext(context, out problem);
        }

        if (!File.Exists(Machine) && Value("CONTAINER_HOST") is { } podman)
        {
            return EngineAddress.Of(podman, null, null, out problem);
        }

        return EngineAddress.Of($"unix://{Sockets().FirstOrDefault(File.Exists) ?? Machine}", null, null, out problem);
    }

    private IEnumerable<string> Sockets()
    {
        yield return Machine;
        if (Value("XDG_RUNTIME_DIR") is { } mine)
        {
            // rootless Docker, then rootless Podman
            yield return $"{mine}/docker.sock";
            yield return $"{mine}/podman/podman.sock";
        }

        yield return "/run/podman/podman.sock";
    }

    // docker's own store: the folder of a context is the SHA-256 of its name
    private EngineAddress? OfContext(string name, out string? problem)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        var file = Path.Combine(ConfigFolder, "contexts", "meta", id, "meta.json");
        if (Json(file, out var why) is not { } json)
        {
            problem = File.Exists(file) ? $"the docker context '{name}' cannot be read: {file}: {why}" : $"there is no docker context '{name}' (docker context ls lists them)";
            return null;
        }

        using (json)
        {
            var host = JsonText.Child(json.RootElement, "Endpoints", JsonValueKind.Object) is { } ends && JsonText.Child(ends, "docker", JsonValueKind.Object) is { } end
                ? JsonText.String(end, "Host")
                : null;
            if (host is null)
            {
                problem = $"the docker context '{name}' names no host: {file}";
                return null;
            }

            var tls = Path.Combine(ConfigFolder, "contexts", "tls", id, "docker");
            return EngineAddress.Of(host, name, Directory.Exists(tls) ? tls : null, out problem);
        }
    }

    private string? CurrentContext()
    {
        using var json = Json(Path.Combine(ConfigFolder, "config.json"), out _);
        return json is null ? null : JsonText.String(json.RootElement, "currentContext") is { Length: > 0 } name ? name : null;
    }

    private static JsonDocument? Json(string file, out string? problem)
    {
        var read = SettingsFile.Read(file);
        problem = read.Message ?? "it is no JSON";
        return read.Succeeded && JsonText.TryObject(read.Bytes, out var json) ? json : null;
    }

    private string? TlsOfEnvironment() => Value("DOCKER_CERT_PATH") ?? ((Value("DOCKER_TLS_VERIFY") ?? Value("DOCKER_TLS")) is null ? null : ConfigFolder);

    private string ConfigFolder => Value("DOCKER_CONFIG") ?? Path.Combine(Value("HOME") ?? "", ".docker");

    private string? Value(string name) => environment(name) is { Length: > 0 } value ? value : null;
}
