using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json;
using Cleat.Text;

namespace Cleat.Running.Docker;

/// <summary>Gives a swarm's service another image, all else as it was.</summary>
internal static class EngineUpdate
{
    /// <param name="was">What the service must still ask for: somebody may have changed it since it was shown.</param>
    /// <returns>Why it was not done; null when it was.</returns>
    public static async Task<string?> ImageAsync(EngineClient engine, string name, string was, string image, CancellationToken cancellation)
    {
        var path = $"services/{Uri.EscapeDataString(name)}";
        var now = await engine.GetAsync(path, EngineJson.Default.ServiceEntry, cancellation);
        if (!now.IsOk)
        {
            return now.Problem;
        }

        if (SwarmUses.Image(now.Value.Spec) is var asks && asks != was)
        {
            return $"it asks for {PrintableText.Abbreviated(asks ?? "nothing")} now, no more for {was}: look again";
        }

        if (now.Value.Version?.Index is not { } version || JsonObject.Create(now.Value.Spec) is not { } spec)
        {
            return "the engine does not say which version of the service this is";
        }

        spec["TaskTemplate"]!["ContainerSpec"]!["Image"] = image;
        using MemoryStream body = new();
        using (Utf8JsonWriter json = new(body))
        {
            spec.WriteTo(json);
        }

        // the version keeps an update that somebody made meanwhile from being undone: the engine refuses this one
        var answer = await engine.PostAsync(string.Create(CultureInfo.InvariantCulture, $"{path}/update?version={version}"), body.ToArray(), EngineJson.Default.UpdateAnswer, cancellation);
        return answer.Problem;
    }
}
