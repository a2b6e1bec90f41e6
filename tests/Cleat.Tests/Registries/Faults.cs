using System.Globalization;
using System.Text;
using Cleat.Registries.Client;
using Cleat.Registries.SignIn;
using Cleat.Registries;

namespace Cleat.Tests.Registries;

/// <summary>What goes wrong in the middle of a run: tokens that run out, clocks that are off, hosts that have had enough.</summary>
public sealed class Faults
{
    private static readonly SampleImage Image = new("linux/amd64");
    private static readonly ScriptedReply Found = Replies.Manifest(Image.Index, SampleImage.IndexType);

    public static TheoryData<int> Hours { get; } = [-1, 1];

    [Fact]
    public async Task A_token_that_runs_out_in_mid_run_is_fetched_anew_once()
    {
        int issued = 0, answered = 0;
        await using var server = new ScriptedServer(r =>
            IsToken(r) ? Replies.Text(200, $$"""{"token":"T{{Interlocked.Increment(ref issued)}}","expires_in":3600}""")
            : r["Authorization"] == "Bearer T2" || (r["Authorization"] == "Bearer T1" && Interlocked.Increment(ref answered) <= 5) ? Found : Challenge(r));
        using var client = new RegistryApi(Ask.Quick);
        await Ask.OkAsync(client, $"{server.Host}/team/app:first");
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Ask.OkAsync(client, $"{server.Host}/team/app:{i}")));
        Assert.All(answers, a => Assert.Equal(Image.IndexDigest, a.Digest));
        Assert.Equal(2, issued);
    }

    [Fact]
    public async Task A_registry_that_takes_no_token_any_more_costs_one_new_token_a_question()
    {
        var issued = 0;
        await using var server = new ScriptedServer(r =>
            IsToken(r) ? Replies.Text(200, $$"""{"token":"T{{Interlocked.Increment(ref issued)}}","expires_in":3600}""")
            : r["Authorization"] == "Bearer T1" && r.Target.EndsWith("first", StringComparison.Ordinal) ? Found : Challenge(r));
        using var client = new RegistryApi(Ask.Quick);
        await Ask.OkAsync(client, $"{server.Host}/team/app:first");
        Assert.IsType<Resolution.Denied>(await Ask.Async(client, $"{server.Host}/team/app:second"));
        Assert.Equal(2, issued);
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task A_clock_an_hour_off_uses_a_token_while_it_lasts(int hours)
    {
        var issued = 0;
        await using var server = new ScriptedServer(r =>
            IsToken(r) ? Replies.Text(200, $$"""{"token":"T{{Interlocked.Increment(ref issued)}}","expires_in":300,"issued_at":"{{DateTimeOffset.UtcNow:O}}"}""")
            : r["Authorization"] is not null ? Found : Challenge(r));
        using var client = new RegistryApi(Ask.Quick with { Clock = new OffClock(hours) });
        for (var i = 0; i < 5; i++)
        {
            await Ask.OkAsync(client, $"{server.Host}/team/app:{i}");
        }

        Assert.Equal(1, issued);
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task A_clock_an_hour_off_waits_as_long_as_the_registry_means(int hours)
    {
        var asked = 0;
        await using var server = new ScriptedServer(_ =>
        {
            var now = DateTimeOffset.UtcNow;
            return Interlocked.Increment(ref asked) == 1 ? Replies.With(429, [], $"Date: {Http(now)}", $"Retry-After: {Http(now.AddSeconds(1))}") : Found;
        });
        using var client = new RegistryApi(Ask.Quick with { Clock = new OffClock(hours) });
        var start = TimeProvider.System.GetTimestamp();
        await Ask.OkAsync(client, $"{server.Host}/team/app:1");
        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalSeconds, 0.9, 20);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task A_host_that_asks_to_wait_too_long_is_asked_nothing_more()
    {
        await using var server = new ScriptedServer(_ => Replies.With(429, [], "Retry-After: 3600"));
        using var client = new RegistryApi(Ask.Quick);
        for (var i = 0; i < 5; i++)
        {
            Assert.InRange(Assert.IsType<Resolution.RateLimited>(await Ask.Async(client, $"{server.Host}/team/app:{i}")).RetryAfter!.Value.TotalMinutes, 59, 60);
        }

        Assert.Single(server.Requests);
        var host = Assert.Single(client.Traffic.Now, h => h.Waits > 0);
        Assert.Equal((server.Host, 0, 1), (host.Host, host.UnderWay, host.Waits));
        Assert.InRange(host.Waiting!.Value.TotalMinutes, 59, 60);
    }

    [Fact]
    public async Task A_wait_holds_for_every_question_to_that_host()
    {
        var asked = 0;
        await using var server = new ScriptedServer(_ => Interlocked.Increment(ref asked) == 1 ? Replies.With(429, [], "Retry-After: 2") : Found);
        using var client = new RegistryApi(Ask.Quick);
        var first = Ask.OkAsync(client, $"{server.Host}/team/app:1");
        while (!client.Traffic.Now.Any(h => h.Waiting is not null))
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        var start = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(first, Ask.OkAsync(client, $"{server.Host}/team/app:2"), Ask.OkAsync(client, $"{server.Host}/team/app:3"));
        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalSeconds, 1, 20);
        Assert.Equal(4, asked);
    }

    [Fact]
    public async Task Half_a_body_without_a_length_is_no_manifest()
    {
        await using var server = new ScriptedServer(r => async (_, stream, cancellation) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: {SampleImage.IndexType}\r\n\r\n"), cancellation);
            await stream.WriteAsync(Image.Index.AsMemory(0, r.Method == "HEAD" ? 0 : Image.Index.Length / 2), cancellation);
        });
        Assert.Contains("not one whole JSON object", Assert.IsType<Resolution.Refused>(await Ask.Async(server)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_quota_that_a_registry_speaks_of_is_known_and_costs_no_get()
    {
        await using var server = new ScriptedServer(_ => Replies.With(200, Image.Index, $"Content-Type: {SampleImage.IndexType}", $"Docker-Content-Digest: {Image.IndexDigest}", "ratelimit-limit: 100;w=21600", "ratelimit-remaining: 76;w=21600"));
        using var client = new RegistryApi(Ask.Quick);
        await Ask.OkAsync(client, $"{server.Host}/team/app:1");
        Assert.Equal(new PullQuota(76, 100, TimeSpan.FromHours(6)), Assert.Single(client.Traffic.Now).Quota);
        Assert.All(server.Requests, r => Assert.Equal("HEAD", r.Method));
    }

    [Theory]
    [InlineData("76;w=21600", "100;w=21600", 76, 100, 21600)]
    [InlineData("0", null, 0, null, null)]
    [InlineData(" 5 ; w=60", "9", 5, 9, 60)]
    [InlineData(null, "100;w=21600", null, null, null)]
    [InlineData("-1", "100", null, null, null)]
    [InlineData("many;w=x", "100", null, null, null)]
    [InlineData("99999999999999", "100", null, null, null)]
    public void Quota_headers_are_read(string? remaining, string? limit, int? left, int? most, int? seconds) =>
        Assert.Equal(left is { } number ? new PullQuota(number, most, seconds is { } s ? TimeSpan.FromSeconds(s) : null) : null, PullQuota.Read(remaining, limit));

    private static bool IsToken(ScriptedRequest request) => request.Target.StartsWith("/token", StringComparison.Ordinal);

    private static ScriptedReply Challenge(ScriptedRequest request) => Replies.With(401, [], $"WWW-Authenticate: Bearer realm=\"http://{request["Host"]}/token\"");

    private static string Http(DateTimeOffset time) => time.ToString("R", CultureInfo.InvariantCulture);

    // the wall clock is off; what counts time that passes is not
    private sealed class OffClock(int hours) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddHours(hours);
    }
}
