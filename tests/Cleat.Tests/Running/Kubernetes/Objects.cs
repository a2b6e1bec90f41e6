namespace Cleat.Tests.Running.Kubernetes;

/// <summary>Objects as an API server lists them: without a kind of their own.</summary>
internal static class Objects
{
    public static readonly string One = "sha256:" + new string('1', 64);
    public static readonly string Two = "sha256:" + new string('2', 64);

    /// <summary>Something with a pod template; its uid is its name.</summary>
    public static string Template(string name, string image, string? owner = null, string metadata = "") =>
        $$"""{"metadata":{{Metadata(name, owner, metadata)}},"spec":{"template":{"spec":{"containers":[{"name":"app","image":"{{image}}"}]} } } }""";

    public static string Pod(string name, string? owner, string image, string imageId, string node, string metadata = "", string state = """{"running":{} }""") =>
        $$"""
        {"metadata":{{Metadata(name, owner, metadata)}},"spec":{"nodeName":"{{node}}","containers":[{"name":"app","image":"{{image}}"}]},
         "status":{"phase":"Running","containerStatuses":[{"name":"app","image":"other:tag","imageID":"{{imageId}}","state":{{state}} }]} }
        """;

    public static string Node(string name, string architecture = "amd64", string runtime = "containerd://1.7") =>
        $$"""{"metadata":{"name":"{{name}}","uid":"{{name}}"},"status":{"nodeInfo":{"operatingSystem":"linux","architecture":"{{architecture}}","containerRuntimeVersion":"{{runtime}}"} } }""";

    /// <param name="owner"><c>apps/v1 ReplicaSet web-1</c>; its uid is its name.</param>
    private static string Metadata(string name, string? owner, string more)
    {
        var parts = owner?.Split(' ');
        var owners = parts is null ? "" : $$""","ownerReferences":[{"apiVersion":"{{parts[0]}}","kind":"{{parts[1]}}","name":"{{parts[2]}}","uid":"{{parts[^1]}}","controller":true}]""";
        return $$"""{"name":"{{name}}","namespace":"shop","uid":"{{name}}"{{owners}}{{more}} }""";
    }
}
