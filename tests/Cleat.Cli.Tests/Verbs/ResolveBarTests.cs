using Cleat.Cli.Verbs;
using Cleat.Registries.Client;
using Cleat.Tests.Registries;

namespace Cleat.Cli.Tests.Verbs;

public sealed class ResolveBarTests
{
    private static HostTraffic Host(string name, int underWay, int? waiting = null, int asked = 1, int waits = 0, PullQuota? quota = null) =>
        new(name, underWay, asked, waiting is { } seconds ? TimeSpan.FromSeconds(seconds) : null, waits, quota);

    [Fact]
    public void A_bar_with_counts_the_busy_hosts_and_who_asks_to_wait()
    {
        HostTraffic[] hosts = [Host("auth.docker.io", 0), Host("ghcr.io", 3), Host("quay.io", 0, waiting: 12), Host("registry-1.docker.io", 8)];
        Assert.Equal("[########............] 412 of 1000 tags  quay.io asks to wait 12 s (rate limit), registry-1.docker.io 8, ghcr.io 3", ResolveBar.Text(412, 1000, hosts, 200));
    }

    [Theory]
    [InlineData(0, 0, "[....................] 0 of 0 tags")]
    [InlineData(0, 7, "[....................] 0 of 7 tags")]
    [InlineData(6, 7, "[#################...] 6 of 7 tags")]
    [InlineData(7, 7, "[####################] 7 of 7 tags")]
    public void The_bar_is_full_only_at_the_end(int done, int total, string expected) => Assert.Equal(expected, ResolveBar.Text(done, total, [], 80));

    [Theory]
    [InlineData(80)]
    [InlineData(40)]
    [InlineData(10)]
    [InlineData(2)]
    [InlineData(1)]
    public void A_line_never_fills_the_width(int width)
    {
        var line = ResolveBar.Text(1, 2, [Host("a-registry-with-a-long-name.example", 8), Host("another-registry.example", 8)], width);
        Assert.InRange(line.Length, 0, width - 1);
    }

    [Fact]
    public void At_the_end_each_host_says_what_it_still_gives() => Assert.Equal(
        ["auth.docker.io: 1 request", "quay.io: 9 requests; it asked to wait 3 times", "registry-1.docker.io: 12 requests; it asked to wait once; 76 of 100 pulls left in 6 hours", "x.example: 2 requests; 5 pulls left"],
        ResolveBar.Summary([Host("auth.docker.io", 0), Host("quay.io", 0, asked: 9, waits: 3), Host("registry-1.docker.io", 0, asked: 12, waits: 1, quota: new(76, 100, TimeSpan.FromHours(6))), Host("x.example", 0, asked: 2, quota: new(5, null, null))]));

    [Theory]
    [InlineData(0.2, "1 s")]
    [InlineData(119, "119 s")]
    [InlineData(121, "3 min")]
    [InlineData(21600, "6 hours")]
    public void Waits_are_rounded_up(double seconds, string expected) => Assert.Equal(expected, ResolveBar.Time(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public async Task Where_no_person_looks_only_a_wait_is_said_and_the_quota_when_asked_for()
    {
        SampleImage image = new("linux/amd64");
        var asked = 0;
        await using ScriptedServer server = new(_ => Interlocked.Increment(ref asked) == 1
            ? Replies.With(429, [], "Retry-After: 2")
            : Replies.With(200, image.Index, $"Content-Type: {SampleImage.IndexType}", $"Docker-Content-Digest: {image.IndexDigest}", "ratelimit-limit: 100;w=21600", "ratelimit-remaining: 76;w=21600"));
        var reference = $"{server.Host}/app:1";

        var (code, output, error) = await InProcess.RunAsync("", "resolve", "--plain-http", server.Host, reference);
        Assert.Equal((ExitCode.Done, $"{image.IndexDigest}\n", $"note: {server.Host} asks to wait 2 s (rate limit)\n"), (code, output, error));
        (_, _, error) = await InProcess.RunAsync("", "resolve", "--verbose", "--plain-http", server.Host, reference);
        Assert.Equal($"note: {server.Host}: 1 request; 76 of 100 pulls left in 6 hours\n", error);
        Assert.All(server.Requests, r => Assert.Equal("HEAD", r.Method));
    }
}
