using System.Collections.Concurrent;
using System.Net;
using Cleat.Registries.Client;

namespace Cleat.Tests.Registries;

/// <summary>Answers for hosts that cannot stand on loopback: https ones, and those elsewhere.</summary>
internal sealed class StubHandler(Func<HttpRequestMessage, HttpResponseMessage> script) : HttpMessageHandler
{
    internal ConcurrentQueue<(string Line, string? Authorization)> Requests { get; } = new();

    internal static HttpResponseMessage Reply(int status, string body = "", params (string Name, string Value)[] headers)
    {
        var reply = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(body)) };
        foreach (var (name, value) in headers)
        {
            if (!reply.Headers.TryAddWithoutValidation(name, value))
            {
                reply.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return reply;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Enqueue(($"{request.Method} {request.RequestUri}", request.Headers.Authorization?.ToString()));
        return Task.FromResult(script(request));
    }
}
