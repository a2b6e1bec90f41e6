using System.Text.Json;
using Cleat.Running;

namespace Cleat.Cli.Reports;

/// <summary>What the JSON report says of something that runs, in place of a file and a line.</summary>
internal static class RunningJson
{
    public static void Object(Utf8JsonWriter json, RunningObject running)
    {
        json.WriteStartObject("object");
        json.Text("kind", running.Kind);
        json.Text("namespace", running.Namespace);
        json.Text("name", running.Name);
        json.Text("container", running.Container);
        json.Text("context", running.Context);
        json.WriteEndObject();
    }

    public static void Facts(Utf8JsonWriter json, RunningUse use)
    {
        json.WriteStartArray("running");
        foreach (var one in use.Running)
        {
            json.WriteStartObject();
            json.Text("digest", one.Digest?.ToString());
            json.Text("why", one.Why);
            json.WriteNumber("count", one.Count);
            Texts(json, "nodes", one.Nodes);
            json.Text("platform", one.Platform);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("mixed", use.Mixed);
        json.Text("meansNow", use.MeansNow?.ToString());
        Texts(json, "fix", use.Fix);
        Texts(json, "notes", use.Notes);
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(JsonOutput.WellFormed(text));
        }

        json.WriteEndArray();
    }
}
