using System.Text.Json;
using Cleat.Admission.Reviews;

namespace Cleat.Admission.Cluster;

/// <summary>Single objects of the cluster, by name. An object that cannot be had is null: the callers go on without it.</summary>
internal sealed partial class ClusterObjects(KubernetesApi api, ILogger log)
{
    public string Namespace => api.Namespace;

    /// <param name="path">From the root; made with <see cref="Path"/>.</param>
    /// <returns>The object, which the caller disposes; and whether the API server answered at all: that it is not there, or not to be read, is an answer.</returns>
    public async Task<(JsonDocument? Object, bool Answered)> GetAsync(string path, CancellationToken cancellation)
    {
        var answer = await SendAsync(HttpMethod.Get, path, null, cancellation);
        return (answer.IsOk && Json.TryParse(answer.Body, out var json) ? json : null, answer.IsOk || answer.Status is 403 or 404);
    }

    /// <summary>Asks; what cannot be asked is an answer of status 0.</summary>
    public async Task<KubernetesAnswer> SendAsync(HttpMethod method, string path, (string MediaType, byte[] Bytes)? body, CancellationToken cancellation)
    {
        KubernetesAnswer answer;
        try
        {
            answer = await api.AskAsync(method, path, body, cancellation);
        }
        catch (CleatException e)
        {
            answer = new(0, default, e.Message);
        }

        if (!answer.IsOk && answer.Status is not (404 or 409))
        {
            Failed(log, method.Method, path.Split('?')[0], answer.Status, answer.Problem);
        }

        return answer;
    }

    /// <summary>The path of an object, or of a list of them; null when a name in it cannot be one, as what a forged review holds.</summary>
    public static string? Path(string group, string @namespace, string resource, string? name) =>
        IsName(@namespace) && (name is null || IsName(name)) ? $"{group}/namespaces/{@namespace}/{resource}{(name is null ? "" : "/" + name)}" : null;

    // RFC 1123 subdomain, as the API server wants it
    private static bool IsName(string text) =>
        text.Length is > 0 and <= 253 && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1]) && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.');

    [LoggerMessage(Level = LogLevel.Warning, Message = "The API server did not do {Method} {Path}: status {Status} {Problem}")]
    private static partial void Failed(ILogger log, string method, string path, int status, string? problem);
}
