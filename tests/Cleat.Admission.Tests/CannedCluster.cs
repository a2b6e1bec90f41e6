using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Cleat.Cli.Tests;
using Cleat.Tests.Registries;

namespace Cleat.Admission.Tests;

/// <summary>An API server that holds what it is given: single objects by path, pods by label, optimistic writes. The real one is among the end-to-end tests.</summary>
internal sealed class CannedCluster : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, JsonObject> objects = new(StringComparer.Ordinal);
    private readonly ScriptedServer server;
    private readonly TemporaryFolder folder = new();
    private int version;

    public CannedCluster()
    {
        server = new(Answer);
        Kubeconfig = folder.Put("config", $"apiVersion: v1\nkind: Config\ncurrent-context: t\nclusters: [{{name: t, cluster: {{server: 'http://{server.Host}'}}}}]\nusers: [{{name: t, user: {{token: t}}}}]\ncontexts: [{{name: t, context: {{cluster: t, user: t, namespace: cleat}}}}]\n");
    }

    public string Kubeconfig { get; }

    /// <summary>True to answer 503 to everything.</summary>
    public bool IsDown { get; set; }

    public IEnumerable<string> Asked => server.Lines;

    public IEnumerable<string> Sent(string method) => server.Requests.Where(r => r.Method == method).Select(r => r.Body);

    public JsonObject? this[string path]
    {
        get => objects.GetValueOrDefault(path);
        set
        {
            var made = value!;
            (made["metadata"] ??= new JsonObject()).AsObject()["resourceVersion"] = Next();
            objects[path] = made;
        }
    }

    public void Put(string path, string json) => this[path] = JsonNode.Parse(json)!.AsObject();

    /// <summary>Takes in a pod as it was admitted, as a controller's create does.</summary>
    public void Admit(string name, JsonNode pod, DateTimeOffset created)
    {
        var made = pod.DeepClone().AsObject();
        made["metadata"]!["creationTimestamp"] = created.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        this[$"/api/v1/namespaces/{Reviews.Namespace}/pods/{name}"] = made;
    }

    /// <summary>A workload, and who owns what it makes.</summary>
    public string Own(string kind, string name, string uid, string template = "{}", string created = "2026-01-01T00:00:00Z")
    {
        var (group, resource) = kind == "Job" ? ("batch", "jobs") : ("apps", kind.ToLowerInvariant() + "s");
        Put($"/apis/{group}/v1/namespaces/{Reviews.Namespace}/{resource}/{name}", $$$"""{"kind":"{{{kind}}}","metadata":{"name":"{{{name}}}","uid":"{{{uid}}}","creationTimestamp":"{{{created}}}"},"spec":{"template":{"spec":{{{template}}} } } }""");
        return Reviews.Owner(kind, name, uid, $"{group}/v1");
    }

    public void Secret(string name, string registry, string user, string password)
    {
        JsonObject config = new() { ["auths"] = new JsonObject { [registry] = new JsonObject { ["username"] = user, ["password"] = password } } };
        this[$"/api/v1/namespaces/{Reviews.Namespace}/secrets/{name}"] = new()
        {
            ["type"] = "kubernetes.io/dockerconfigjson",
            ["data"] = new JsonObject { [".dockerconfigjson"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(config.ToJsonString())) },
        };
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    private string Next() => Interlocked.Increment(ref version).ToString(CultureInfo.InvariantCulture);

    private ScriptedReply Answer(ScriptedRequest request)
    {
        if (IsDown)
        {
            return Replies.Text(503, "{}");
        }

        var (path, query) = request.Target.Split('?', 2) is [var p, var q] ? (p, q) : (request.Target, "");
        switch (request.Method)
        {
            case "GET" when path.EndsWith("/pods", StringComparison.Ordinal):
                var selector = Uri.UnescapeDataString(query.Split('&').Single(part => part.StartsWith("labelSelector=", StringComparison.Ordinal))["labelSelector=".Length..]).Split('=');
                JsonArray items = [.. objects.Where(o => o.Key.StartsWith(path + "/", StringComparison.Ordinal) && (string?)o.Value["metadata"]!["labels"]?[selector[0]] == selector[1]).Select(o => o.Value.DeepClone())];
                return Json(200, new JsonObject { ["metadata"] = new JsonObject(), ["items"] = items });
            case "GET":
                return objects.TryGetValue(path, out var found) ? Json(200, found) : Replies.Text(404, "{}");
            case "POST":
                var made = JsonNode.Parse(request.Body)!.AsObject();
                var place = $"{path}/{made["metadata"]!["name"]}";
                lock (objects)
                {
                    if (objects.ContainsKey(place))
                    {
                        return Replies.Text(409, "{}");
                    }

                    this[place] = made;
                }

                return Json(201, made);
            case "PUT":
                var put = JsonNode.Parse(request.Body)!.AsObject();
                lock (objects)
                {
                    if ((string?)put["metadata"]!["resourceVersion"] != (string?)objects[path]["metadata"]!["resourceVersion"])
                    {
                        return Replies.Text(409, "{}");
                    }

                    this[path] = put;
                }

                return Json(200, put);
            default:
                var changed = objects[path].DeepClone();
                foreach (var operation in JsonNode.Parse(request.Body)!.AsArray().Where(o => (string?)o!["op"] == "add"))
                {
                    var steps = ((string)operation!["path"]!).Split('/');
                    changed["webhooks"]![int.Parse(steps[2], CultureInfo.InvariantCulture)]!["clientConfig"]!["caBundle"] = operation["value"]!.DeepClone();
                }

                this[path] = changed.AsObject();
                return Json(200, changed);
        }
    }

    private static ScriptedReply Json(int status, JsonNode body) => Replies.Text(status, body.ToJsonString(), "Content-Type: application/json");
}
