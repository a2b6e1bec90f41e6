using Cleat.Registries.SignIn;
using Cleat.Files;
using Cleat.Text;

namespace Cleat.Running.Kubernetes;

/// <summary>
/// Reads kubeconfig files as kubectl does (kubernetes.io, "Organizing Cluster Access Using kubeconfig Files"): several are merged, and the
/// first that says something wins; paths in a file are relative to its folder.
/// </summary>
internal static class Kubeconfig
{
    /// <summary>The access that the user's files, or the pod this runs in, give.</summary>
    /// <param name="given">One file that was named, or null.</param>
    /// <param name="context">A context that was named, or null for the current one.</param>
    /// <exception cref="CleatException">There is none; the message says what to do.</exception>
    public static ClusterAccess Find(string? given, string? context, Func<string, string?> environment)
    {
        var files = Files(given, environment);
        return files.Count > 0 ? Access(files, context)
            : InCluster.Access(environment) is { } inside && context is null ? inside
            : throw new CleatException("no kubeconfig: name one with --kubeconfig FILE or KUBECONFIG, or put it at ~/.kube/config");
    }

    private static List<KubeconfigFile> Files(string? given, Func<string, string?> environment)
    {
        if (given is not null)
        {
            return [KubeconfigFile.Read(given) ?? throw new CleatException($"--kubeconfig: no such file: {given}")];
        }

        var named = environment("KUBECONFIG");
        if (!string.IsNullOrEmpty(named))
        {
            List<KubeconfigFile> found = [.. named.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(KubeconfigFile.Read).OfType<KubeconfigFile>()];
            return found.Count > 0 ? found : throw new CleatException($"KUBECONFIG names no file that is there: {named}");
        }

        return environment("HOME") is { Length: > 0 } home && KubeconfigFile.Read(Path.Combine(home, ".kube", "config")) is { } file ? [file] : [];
    }

    private static ClusterAccess Access(List<KubeconfigFile> files, string? wanted)
    {
        var current = wanted ?? files.Select(f => f.CurrentContext).FirstOrDefault(c => !string.IsNullOrEmpty(c));
        if (current is null)
        {
            throw new CleatException($"the kubeconfig has no current context: choose one with --context NAME ({Listed(files)})");
        }

        var context = files.Select(f => f.Entry("contexts", current, "context")).FirstOrDefault(e => e is not null)
            ?? throw new CleatException($"the kubeconfig has no context '{current}'{NearestWord.Hint(current, files.SelectMany(f => f.Contexts))} ({Listed(files)})");
        var cluster = Part(files, "clusters", "cluster", context.Text("cluster"), current);
        var user = context.Text("user") is { Length: > 0 } name ? Part(files, "users", "user", name, current) : null;
        if (user?.Child("auth-provider") is not null)
        {
            throw new CleatException($"{user.File}: the user of context '{current}' has an auth-provider, which Kubernetes took out in 1.26: use its exec plugin (gke-gcloud-auth-plugin, kubelogin)");
        }

        var address = cluster.Text("server") ?? "";
        if (!Uri.TryCreate(address, UriKind.Absolute, out var server) || server.Scheme is not ("https" or "http"))
        {
            throw new CleatException($"{cluster.File}: the cluster of context '{current}' has no server that is a URL: '{address}'");
        }

        return new()
        {
            Name = current,
            Server = server,
            Namespace = context.Text("namespace") is { Length: > 0 } space ? space : "default",
            Authorities = cluster.Data("certificate-authority"),
            TlsServerName = cluster.Text("tls-server-name"),
            SkipTlsVerify = cluster.Text("insecure-skip-tls-verify") == "true",
            Certificate = user?.Data("client-certificate"),
            Key = user?.Data("client-key") is { } key ? new Secret(key) : null,
            Token = user?.Text("token") is { Length: > 0 } token ? new Secret(token) : null,
            TokenFile = user?.Path("tokenFile"),
            User = user?.Text("username"),
            Password = user?.Text("password") is { } password ? new Secret(password) : null,
            Exec = user?.Child("exec") is { } exec ? ExecPlugin.Read(exec) : null,
            Proxy = cluster.Text("proxy-url") is { Length: > 0 } url ? Proxy(url, cluster.File) : null,
            ActAs = user?.Text("as"),
        };
    }

    // the schemes that kubectl takes (kubernetes.io, "kubeconfig (v1)", proxy-url); a URL may hold a password, so that it is not repeated
    private static Uri Proxy(string url, string file) =>
        Uri.TryCreate(url, UriKind.Absolute, out var proxy) && proxy?.Scheme is "http" or "https" or "socks5"
            ? proxy
            : throw new CleatException($"{file}: a proxy-url is http://, https:// or socks5:// with a host");

    private static KubeconfigEntry Part(List<KubeconfigFile> files, string list, string kind, string? name, string context) =>
        files.Select(f => f.Entry(list, name ?? "", kind)).FirstOrDefault(e => e is not null)
            ?? throw new CleatException($"context '{context}' names the {kind} '{name}', which no kubeconfig has");

    private static string Listed(List<KubeconfigFile> files) => files.SelectMany(f => f.Contexts).Distinct().ToList() is { Count: > 0 } names
        ? $"it has {string.Join(", ", names)}"
        : "it has none";
}

/// <summary>The access of a pod: what its service account mounts (kubernetes.io, "Accessing the Kubernetes API from a Pod").</summary>
internal static class InCluster
{
    private const string Folder = "/var/run/secrets/kubernetes.io/serviceaccount";

    public static ClusterAccess? Access(Func<string, string?> environment, string folder = Folder)
    {
        if (environment("KUBERNETES_SERVICE_HOST") is not { Length: > 0 } host || environment("KUBERNETES_SERVICE_PORT") is not { Length: > 0 } port || !File.Exists(Path.Combine(folder, "token")))
        {
            return null;
        }

        return new()
        {
            Name = "in-cluster",
            Server = new Uri($"https://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}"),
            Namespace = SettingsFile.ReadText(Path.Combine(folder, "namespace"), out _)?.Trim() ?? "default",
            Authorities = SettingsFile.ReadText(Path.Combine(folder, "ca.crt"), out _),
            TokenFile = Path.Combine(folder, "token"),
        };
    }
}
