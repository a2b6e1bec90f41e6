using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Cleat.Admission.Hosting;
using Cleat.Admission.Pins;
using Cleat.Text;

namespace Cleat.Admission.Cluster;

/// <summary>Tells the owner of a pod what could not be pinned (events.k8s.io/v1). Written behind the review's back, each once in ten minutes; what does not fit is dropped and counted.</summary>
internal sealed class Events : IAsyncDisposable
{
    private static readonly TimeSpan Repeated = TimeSpan.FromMinutes(10);

    private readonly ClusterObjects cluster;
    private readonly Metrics metrics;
    private readonly TimeProvider clock;
    private readonly BoundedMap<string, long> told = new(2000);
    private readonly Channel<(string Path, byte[] Body)> queue = Channel.CreateBounded<(string, byte[])>(new BoundedChannelOptions(200) { SingleReader = true });
    private readonly Task writing;

    public Events(ClusterObjects cluster, Metrics metrics, TimeProvider clock)
    {
        (this.cluster, this.metrics, this.clock) = (cluster, metrics, clock);
        writing = WriteAsync();
    }

    /// <param name="question">Of a review that is vouched for, and no dry run.</param>
    public void Tell(PinQuestion question, PinAnswer answer)
    {
        var from = question.From;
        var (apiVersion, kind, name, uid) = from.Owner is { } owner ? (owner.ApiVersion, owner.Kind, owner.Name, owner.Uid) : ("v1", from.Kind, from.Name, null);
        if (name.Length == 0 || ClusterObjects.Path("/apis/events.k8s.io/v1", from.Namespace, "events", null) is not { } path)
        {
            return;
        }

        var key = $"{from.Namespace}/{kind}/{name}/{uid} {question.Place.Text} {answer.Cause}";
        if (told.TryGet(key, out var at) && clock.GetElapsedTime(at) < Repeated)
        {
            return;
        }

        told.Set(key, clock.GetTimestamp());
        if (!queue.Writer.TryWrite((path, Body(from.Namespace, apiVersion, kind, name, uid, $"{question.Place}: {question.Place.Text} is not pinned: {answer.Message}", answer.Cause))))
        {
            metrics.Count("cleat_events_dropped_total");
        }
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await writing.WaitAsync(TimeSpan.FromSeconds(2)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task WriteAsync()
    {
        await foreach (var (path, body) in queue.Reader.ReadAllAsync())
        {
            if (!(await cluster.SendAsync(HttpMethod.Post, path, ("application/json", body), CancellationToken.None)).IsOk)
            {
                metrics.Count("cleat_events_dropped_total");
            }
        }
    }

    private byte[] Body(string space, string apiVersion, string kind, string name, string? uid, string note, PinCause cause)
    {
        var now = clock.GetUtcNow();
        ArrayBufferWriter<byte> body = new();
        using Utf8JsonWriter json = new(body);
        json.WriteStartObject();
        json.WriteString("apiVersion"u8, "events.k8s.io/v1"u8);
        json.WriteString("kind"u8, "Event"u8);
        json.WriteStartObject("metadata"u8);
        json.WriteString("name"u8, string.Create(CultureInfo.InvariantCulture, $"{(name.Length > 200 ? name[..200].TrimEnd('-', '.') : name)}.{now.Ticks:x}"));
        json.WriteString("namespace"u8, space);
        json.WriteEndObject();
        json.WriteString("eventTime"u8, now.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        json.WriteString("reportingController"u8, "cleat.dev/admission"u8);
        json.WriteString("reportingInstance"u8, Environment.MachineName);
        json.WriteString("action"u8, "Admit"u8);
        json.WriteString("reason"u8, $"ImageNotPinned{cause}");
        json.WriteString("type"u8, "Warning"u8);
        var plain = PrintableText.Of(note);
        json.WriteString("note"u8, plain.Length > 900 ? plain[..900] + "…" : plain);
        json.WriteStartObject("regarding"u8);
        json.WriteString("apiVersion"u8, apiVersion);
        json.WriteString("kind"u8, kind);
        json.WriteString("namespace"u8, space);
        json.WriteString("name"u8, name);
        if (uid is not null)
        {
            json.WriteString("uid"u8, uid);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return body.WrittenSpan.ToArray();
    }
}
