using System.Text.Json.Nodes;
using Cleat.Tests.Registries;

namespace Cleat.Tests.Running.Docker;

/// <summary>A Docker engine on loopback that says what a test tells it to.</summary>
internal sealed class CannedEngine : IAsyncDisposable
{
    public const string Old = "sha256:1111111111111111111111111111111111111111111111111111111111111111";
    public const string New = "sha256:2222222222222222222222222222222222222222222222222222222222222222";

    private readonly ScriptedServer server;
    private readonly Dictionary<string, ScriptedReply> replies = new(StringComparer.Ordinal)
    {
        ["/info"] = Replies.Text(200, """{"Name":"box","OSType":"linux","Architecture":"x86_64","Swarm":{"LocalNodeState":"inactive","ControlAvailable":false}}"""),
        ["/services"] = Replies.Text(200, "[]"),
        ["/tasks"] = Replies.Text(200, "[]"),
        ["/nodes"] = Replies.Text(200, """[{"ID":"n1","Description":{"Hostname":"box","Platform":{"Architecture":"x86_64","OS":"linux"}}},{"ID":"n2","Description":{"Hostname":"other","Platform":{"Architecture":"aarch64","OS":"linux"}}}]"""),
    };

    private readonly JsonArray containers = [];
    private readonly JsonArray images = [];

    private CannedEngine() => server = new(request =>
    {
        var path = request.Target.Split('?')[0];
        return replies.TryGetValue(path, out var reply) ? reply
            : path == "/containers/json" ? Replies.Text(200, containers.ToJsonString())
            : path == "/images/json" ? Replies.Text(200, images.ToJsonString())
            : Replies.Text(404, """{"message":"page not found"}""");
    });

    public static CannedEngine Start() => new();

    public string Host => $"tcp://{server.Host}";

    public IEnumerable<ScriptedRequest> Requests => server.Requests;

    public ValueTask DisposeAsync() => server.DisposeAsync();

    public CannedEngine Says(string path, ScriptedReply reply)
    {
        replies[path] = reply;
        return this;
    }

    public CannedEngine Says(string path, string json) => Says(path, Replies.Text(200, json));

    /// <summary>An image, with the names that registries know it by.</summary>
    public CannedEngine Image(string id, params string[] repoDigests)
    {
        images.Add(new JsonObject { ["Id"] = id, ["RepoTags"] = null, ["RepoDigests"] = repoDigests.Length == 0 ? null : new JsonArray([.. repoDigests.Select(d => JsonValue.Create(d))]) });
        return this;
    }

    /// <summary>An image that a tag means on this engine.</summary>
    public CannedEngine Tagged(string tag, string id, params string[] repoDigests)
    {
        Image(id, repoDigests);
        images[^1]!["RepoTags"] = new JsonArray(tag);
        return this;
    }

    public CannedEngine Container(string name, string asked, string image, string state = "running", params (string Name, string Value)[] labels)
    {
        containers.Add(new JsonObject { ["Id"] = name });
        replies[$"/containers/{name}/json"] = Replies.Text(200, new JsonObject
        {
            ["Id"] = name,
            ["Name"] = "/" + name,
            ["Image"] = image,
            ["State"] = new JsonObject { ["Status"] = state },
            ["Config"] = new JsonObject { ["Image"] = asked, ["Labels"] = new JsonObject(labels.Select(l => KeyValuePair.Create(l.Name, (JsonNode?)l.Value))) },
        }.ToJsonString());
        return this;
    }

    /// <summary>Makes it a swarm's manager.</summary>
    public CannedEngine Manager() => Says("/info", """{"Name":"box","OSType":"linux","Architecture":"x86_64","Swarm":{"NodeID":"n1","LocalNodeState":"active","ControlAvailable":true}}""");
}
