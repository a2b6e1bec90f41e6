using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Net;
using System.Text;
using Cleat.Cli.Verbs;
using Cleat.Running.Kubernetes;

namespace Cleat.Cli.Tests.Cluster;

/// <summary>An API server on loopback that answers what a test says, and does wrong what a test wants.</summary>
internal sealed class LoopbackApi : IDisposable
{
    private const string Discovery = """{"kind":"APIGroupList","groups":[{"name":"apps","versions":[{"version":"v1"}],"preferredVersion":{"version":"v1"}},{"name":"batch","versions":[{"version":"v1"},{"version":"v1beta1"}],"preferredVersion":{"version":"v1"}},{"name":"argoproj.io","versions":[{"version":"v1alpha1"}],"preferredVersion":{"version":"v1alpha1"}}]}""";

    private readonly HttpListener listener = new();
    private readonly TemporaryFolder folder = new();
    private readonly ConcurrentDictionary<string, Func<HttpListenerContext, Task<(int Status, string Body)>>> answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> asked = new();

    public LoopbackApi()
    {
        using (TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            Server = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }

        listener.Prefixes.Add(Server + "/");
        listener.Start();
        Answer("/apis", Discovery);
        Answer("/apis/apps/v1", Resources(("deployments", "Deployment"), ("replicasets", "ReplicaSet"), ("statefulsets", "StatefulSet"), ("daemonsets", "DaemonSet")));
        Answer("/apis/batch/v1", Resources(("jobs", "Job")));
        Answer("/apis/batch/v1beta1", Resources(("cronjobs", "CronJob")));
        Answer("/apis/argoproj.io/v1alpha1", Resources(("rollouts", "Rollout"), ("cronworkflows", "CronWorkflow")));
        _ = ServeAsync();
    }

    public string Server { get; }

    /// <summary>Every request, as <c>GET /path?query</c>.</summary>
    public IReadOnlyList<string> Asked => [.. asked];

    public void Dispose()
    {
        listener.Close();
        folder.Dispose();
    }

    /// <summary>Answers a path with JSON; lists that nothing is said of are empty.</summary>
    public void Answer(string path, string body, int status = 200) => Answer(path, _ => Task.FromResult((status, body)));

    public void Answer(string path, Func<HttpListenerContext, Task<(int Status, string Body)>> answer) => answers[path] = answer;

    /// <summary>Answers a list with items.</summary>
    public void List(string path, params string[] items) => Answer(path, Items(items));

    public static string Items(IEnumerable<string> items, string? more = null) => $$"""{"kind":"List","metadata":{"resourceVersion":"1"{{(more is null ? "" : $",\"continue\":\"{more}\"")}} },"items":[{{string.Join(',', items)}}]}""";

    /// <summary>Runs <c>cleat cluster</c> against it, in all namespaces where no other is named.</summary>
    public Task<(int Code, string Output, string Error)> CleatAsync(params string[] arguments)
    {
        var kubeconfig = folder.Put("kubeconfig", $$"""
            apiVersion: v1
            current-context: loop
            clusters: [{name: loop, cluster: {server: "{{Server}}"} }]
            users: [{name: me, user: {token: secret} }]
            contexts: [{name: loop, context: {cluster: loop, user: me, namespace: shop} }]
            """);
        return InProcess.RunAsync("", ["cluster", .. arguments, "--kubeconfig", kubeconfig, .. arguments.Contains("-n") || arguments.Contains("-A") ? (string[])[] : ["-A"]]);
    }

    private static string Resources(params (string Name, string Kind)[] kinds) =>
        $$"""{"kind":"APIResourceList","resources":[{{string.Join(',', kinds.Select(k => $$"""{"name":"{{k.Name}}","kind":"{{k.Kind}}","namespaced":true,"verbs":["get","list"]}"""))}}]}""";

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = ReplyAsync(context);
        }
    }

    private async Task ReplyAsync(HttpListenerContext context)
    {
        asked.Enqueue($"{context.Request.HttpMethod} {context.Request.RawUrl}");
        try
        {
            var path = context.Request.Url!.AbsolutePath;
            var (status, body) = answers.TryGetValue($"{context.Request.HttpMethod} {path}", out var answer) || answers.TryGetValue(path, out answer) ? await answer(context) : (200, Items([]));
            if (status == 0)
            {
                // some of the answer, and then the end of the connection
                context.Response.ContentLength64 = 100;
                await context.Response.OutputStream.WriteAsync("{"u8.ToArray());
                await context.Response.OutputStream.FlushAsync();
                context.Response.Abort();
                return;
            }

            context.Response.StatusCode = status;
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // the client has gone, which is what some tests are about
        }
    }
}
