using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Cleat.Admission.Pins;
using Cleat.Admission.Reviews;
using Microsoft.AspNetCore.Connections.Features;

namespace Cleat.Admission.Hosting;

/// <summary>What is served: <c>/mutate</c>, <c>/validate</c>, <c>/livez</c>, <c>/readyz</c>, <c>/metrics</c>.</summary>
internal sealed partial class Endpoints(Mutation mutation, Validation validation, Metrics metrics, TimeSpan limit, Func<string?> notReady, TimeProvider clock, ILogger log)
{
    /// <summary>Marks connections that came in over plain http for probes and metrics only.</summary>
    public const string ProbesOnly = "cleat.probes";

    // an UPDATE holds two objects of 3 MiB at most, and JSON is larger than what the API server counts
    public const long LargestReview = 16 * 1024 * 1024;

    // what the API server needs to go on with an answer
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(300);

    private volatile bool draining;

    /// <summary>Says no to probes and closes connections as they are used, so that the API server finds other replicas; reviews are answered as before.</summary>
    public void Drain() => draining = true;

    public Task HandleAsync(HttpContext context) => (context.Request.Method, context.Request.Path.Value) switch
    {
        ("POST", "/mutate") when !IsProbe(context) => ReviewAsync(context, "mutate"),
        ("POST", "/validate") when !IsProbe(context) => ReviewAsync(context, "validate"),
        ("GET", "/livez") => TextAsync(context, 200, "ok\n"),
        ("GET", "/readyz") => (draining ? "shutting down" : notReady()) is { } why ? TextAsync(context, 503, why + "\n") : TextAsync(context, 200, "ok\n"),
        ("GET", "/metrics") => TextAsync(context, 200, metrics.Text(), "text/plain; version=0.0.4; charset=utf-8"),
        _ => TextAsync(context, 404, "there is nothing here: POST /mutate, POST /validate, GET /livez, /readyz, /metrics\n"),
    };

    [SuppressMessage("Reliability", "CA2000", Justification = "There is a review to dispose where it could be read.")]
    private async Task ReviewAsync(HttpContext context, string webhook)
    {
        var began = clock.GetTimestamp();
        if (draining)
        {
            context.Response.Headers.Connection = "close";
        }

        if (await ReadAsync(context) is not { } body)
        {
            metrics.Reviewed(webhook, "other", "unreadable");
            return;
        }

        try
        {
            // the document stands on these bytes: they are kept until it was answered
            if (!Review.TryRead(body, out var review, out var problem))
            {
                metrics.Reviewed(webhook, "other", "unreadable");
                await TextAsync(context, 400, problem + "\n");
                return;
            }

            using (review)
            {
                await AnswerAsync(context, webhook, review, began);
            }
        }
        finally
        {
            context.Request.BodyReader.AdvanceTo(body.End);
        }
    }

    private async Task AnswerAsync(HttpContext context, string webhook, Review review, long began)
    {
        ReviewAnswer answer;
        try
        {
            answer = webhook == "validate" ? validation.Answer(review) : await mutation.AnswerAsync(review, Limit(context), context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        ArrayBufferWriter<byte> body = new(512);
        answer.Write(review, body);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
        metrics.Reviewed(webhook, review.Operation, answer.Refusal is not null ? "refused" : answer.Replacements.Count > 0 ? "patched" : answer.Warnings.All.Count > 0 ? "warned" : "allowed");
        metrics.Time("cleat_admission_review_duration_seconds", clock.GetElapsedTime(began));
        if (answer.Warnings.All.Count > 0 || answer.Refusal is not null)
        {
            Said(log, webhook, review.Operation, review.Namespace, review.Name.Length > 0 ? review.Name : "(generated)", answer.Refusal ?? string.Join(" | ", answer.Warnings.All));
        }
    }

    /// <returns>The whole body, in the connection's own buffers; null when there is none, which was answered.</returns>
    private static async Task<ReadOnlySequence<byte>?> ReadAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(context.RequestAborted);
                if (read.IsCompleted)
                {
                    return read.Buffer;
                }

                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (BadHttpRequestException e)
        {
            await TextAsync(context, e.StatusCode, "the body is too large, or was cut off\n");
            return null;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return null;
        }
    }

    // the API server says how long it waits, rounded up to seconds
    private TimeSpan Limit(HttpContext context)
    {
        var said = context.Request.Query["timeout"].ToString();
        if (!said.EndsWith('s') || !double.TryParse(said.AsSpan(0, said.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || seconds is <= 0 or > 60)
        {
            return limit;
        }

        var left = TimeSpan.FromSeconds(seconds) - Margin;
        return left < limit ? left : limit;
    }

    private static bool IsProbe(HttpContext context) => context.Features.Get<IConnectionItemsFeature>()?.Items.ContainsKey(ProbesOnly) == true;

    private static Task TextAsync(HttpContext context, int status, string text, string type = "text/plain; charset=utf-8")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        var bytes = Encoding.UTF8.GetBytes(text);
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, 0, bytes.Length);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Webhook} {Operation} {Namespace}/{Name}: {Said}")]
    private static partial void Said(ILogger log, string webhook, string operation, string @namespace, string name, string said);
}
