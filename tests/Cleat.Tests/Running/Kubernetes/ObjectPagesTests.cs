using System.Text.Json;
using System.Web;
using Cleat.Running.Kubernetes;
using Cleat.Tests.Registries;

namespace Cleat.Tests.Running.Kubernetes;

/// <summary>A list in pages ends, whatever the server does.</summary>
public sealed class ObjectPagesTests
{
    [Fact]
    public async Task Every_page_is_read_in_turn() =>
        Assert.Equal((200, null, 3, 3), await ReadAsync(token => token switch { null => Page(1, "a"), "a" => Page(1, "b"), _ => Page(1, null) }));

    [Fact]
    public async Task A_token_that_comes_again_ends_the_list() =>
        Assert.Equal((0, "repeats its continue token: the list would never end", 1, 2), await ReadAsync(_ => Page(1, "again")));

    [Fact]
    public async Task Tokens_that_go_round_in_a_circle_end_the_list() =>
        Assert.Equal((0, "repeats its continue token: the list would never end", 3, 4), await ReadAsync(token => token switch { "a" => Page(1, "b"), "b" => Page(1, "c"), _ => Page(1, "a") }));

    [Fact]
    public async Task Empty_pages_without_end_end_the_list()
    {
        var next = 0;
        var (status, problem, items, requests) = await ReadAsync(_ => Page(0, $"token-{next++}"));
        Assert.Equal((0, "sent 21 empty pages in a row and says that more follow", 0), (status, problem, items));
        Assert.InRange(requests, 21, 22);
    }

    [Fact]
    public async Task Some_empty_pages_are_no_end()
    {
        var next = 0;
        var (status, _, items, _) = await ReadAsync(_ => ++next switch { 30 => Page(1, null), 15 => Page(1, $"token-{next}"), _ => Page(0, $"token-{next}") });
        Assert.Equal((200, 2), (status, items));
    }

    [Fact]
    public async Task A_token_longer_than_any_ends_the_list() =>
        Assert.Equal((0, "sent a continue token that is too long to be one", 0, 1), await ReadAsync(_ => Page(1, new string('x', 20_000))));

    [Fact]
    public async Task Requests_without_end_end_the_scan()
    {
        var next = 0;
        var (status, problem, items, requests) = await ReadAsync(_ => Page(1, $"token-{next++}"), mostRequests: 25);
        Assert.Equal((0, "was asked 25 times without an end: name fewer namespaces", 25, 25), (status, problem, items, requests));
    }

    private static string Page(int items, string? more) => $$"""
        {"kind":"List","metadata":{ {{(more is null ? "" : $"\"continue\":\"{more}\"")}} },"items":[{{string.Join(',', Enumerable.Repeat("{}", items))}}]}
        """;

    private static async Task<(int Status, string? Problem, int Items, int Requests)> ReadAsync(Func<string?, string> page, int mostRequests = 1000)
    {
        await using ScriptedServer server = new(request => Replies.Text(200, page(HttpUtility.ParseQueryString(request.Target.Split('?')[1])["continue"])));
        using var api = await KubeApi.ConnectAsync(new() { Name = "loop", Server = new($"http://{server.Host}") }, new() { Attempts = 1, MostRequests = mostRequests }, TestContext.Current.CancellationToken);
        var items = 0;
        var answer = await new ObjectPages(api).ReadAsync(
            "/api/v1/pods",
            () => items = 0,
            (ref Utf8JsonReader item, ReadOnlyMemory<byte> _) =>
            {
                item.Skip();
                items++;
            },
            TestContext.Current.CancellationToken);
        return (answer.Status, answer.Problem, items, server.Requests.Count);
    }
}
