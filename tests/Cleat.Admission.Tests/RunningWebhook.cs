using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cleat.Admission.Hosting;
using Microsoft.Extensions.Logging;

namespace Cleat.Admission.Tests;

/// <summary>The webhook on loopback, in this process, with nothing around it but what a test gives it.</summary>
internal sealed class RunningWebhook : IAsyncDisposable
{
    private readonly AdmissionHost host;
    private readonly HttpClient http;

    private RunningWebhook(AdmissionHost host, HttpClient http) => (this.host, this.http) = (host, http);

    public Metrics Metrics => host.Metrics;

    public Uri Place => host.Places[0];

    public IReadOnlyList<Uri> Places => host.Places;

    public static AdmissionOptions Usual { get; } = new() { Listen = "127.0.0.1:0", UsesCluster = false, Drain = TimeSpan.Zero, UsesCloudIdentity = false, LogLevel = LogLevel.None };

    [SuppressMessage("Reliability", "CA2000", Justification = "Disposed with this.")]
    public static async Task<RunningWebhook> StartAsync(Func<AdmissionOptions, AdmissionOptions>? change = null, Func<string, string?>? environment = null, HttpMessageHandler? handler = null)
    {
        var host = await AdmissionHost.StartAsync(change?.Invoke(Usual) ?? Usual, environment ?? (_ => null), TestContext.Current.CancellationToken);
        return new(host, new HttpClient(handler ?? new SocketsHttpHandler()) { BaseAddress = host.Places[0] });
    }

    /// <summary>Posts a review.</summary>
    /// <returns>Its <c>response</c>.</returns>
    public async Task<JsonNode> PostAsync(string path, string review)
    {
        using ByteArrayContent body = new(Encoding.UTF8.GetBytes(review));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), body, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {text}");
        var root = JsonNode.Parse(text)!;
        Assert.Equal("AdmissionReview", (string?)root["kind"]);
        using var asked = JsonDocument.Parse(review);
        Assert.Equal(asked.RootElement.GetProperty("apiVersion").GetString(), (string?)root["apiVersion"]);
        var response = root["response"]!;
        Assert.Equal(asked.RootElement.GetProperty("request").GetProperty("uid").GetString(), (string?)response["uid"]);
        Assert.Equal(response["patch"] is null, response["patchType"] is null);
        return response;
    }

    /// <summary>The images that a created pod is admitted with, one after the other.</summary>
    public async Task<string> ImagesAsync(string review)
    {
        var response = await PostAsync("/mutate", review);
        Assert.True((bool)response["allowed"]!);
        using var asked = JsonDocument.Parse(review);
        var pod = Patch.Apply(JsonNode.Parse(asked.RootElement.GetProperty("request").GetProperty("object").GetRawText())!, Patch.Of(response));
        return string.Join(' ', [.. Patch.Images(pod), .. (response["warnings"] as JsonArray ?? []).Select(w => $"({w})")]);
    }

    public async Task<(int Status, string Text)> GetAsync(string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute), TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await host.DisposeAsync();
    }
}
