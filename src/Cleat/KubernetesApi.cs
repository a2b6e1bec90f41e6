using Cleat.Running.Kubernetes;

namespace Cleat;

/// <summary>A Kubernetes API server, asked for single paths: for programs that work with objects of their own choice. Safe for many callers at once.</summary>
public sealed class KubernetesApi : IDisposable
{
    private readonly KubeApi api;

    private KubernetesApi(KubeApi api) => this.api = api;

    /// <summary>The kubeconfig's context, or <c>in-cluster</c>.</summary>
    public string Name => api.Access.Name;

    /// <summary>The namespace that is meant when none is given: of a pod, its own.</summary>
    public string Namespace => api.Access.Namespace;

    /// <summary>Finds the API server as kubectl does, and in a pod by its service account. It is not asked yet.</summary>
    /// <exception cref="CleatException">Something of it is not as it should be.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static async Task<KubernetesApi> OpenAsync(ClusterSettings settings, CancellationToken cancellation = default) => new(await KubeApi.ConnectAsync(
        Kubeconfig.Find(settings.Kubeconfig, settings.Context, settings.Environment),
        new() { RequestTime = settings.RequestTime, OnPluginMessage = settings.OnPluginMessage, Attempts = 1, MostRequests = int.MaxValue },
        cancellation));

    /// <summary>Asks once.</summary>
    /// <param name="path">From the root, with its query: <c>/api/v1/namespaces/shop/pods/web</c>. Names in it are escaped by the caller.</param>
    /// <param name="body">With its media type; null for none.</param>
    /// <returns>The answer; a status of 0, with a problem in words, when there was none.</returns>
    /// <exception cref="CleatException">The credentials cannot be had any more.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<KubernetesAnswer> AskAsync(HttpMethod method, string path, (string MediaType, byte[] Bytes)? body = null, CancellationToken cancellation = default)
    {
        PageBuffer buffer = new();
        var answer = await api.AskAsync(method, path, body, buffer, cancellation);
        return new(answer.Status, answer.Body, answer.Problem);
    }

    /// <inheritdoc/>
    public void Dispose() => api.Dispose();
}

/// <summary>What the API server answered.</summary>
/// <param name="Status">Of HTTP; 0 when there was no answer.</param>
/// <param name="Problem">Why there was no answer, in words that fit behind "the API server"; else null.</param>
public sealed record KubernetesAnswer(int Status, ReadOnlyMemory<byte> Body, string? Problem)
{
    public bool IsOk => Status is >= 200 and < 300;
}
