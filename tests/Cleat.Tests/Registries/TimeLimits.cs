using Cleat.References;
using Cleat.Registries;

namespace Cleat.Tests.Registries;

/// <summary>A server that never ends ends no run late.</summary>
public sealed class TimeLimits
{
    [Fact]
    public async Task All_questions_of_a_run_share_one_time()
    {
        ManualClock clock = new();
        Stalling stalling = new();
        TimeLimitedSource source = new(stalling, TimeSpan.FromMinutes(10), clock);

        // the time begins with the first question
        clock.Move(TimeSpan.FromHours(1));
        var tag = Ask.Async(source, "r.example/app:1");
        var manifest = source.ReadAsync(Ask.Reference("r.example/app:2"), config: true, TestContext.Current.CancellationToken);
        clock.Move(TimeSpan.FromMinutes(9));
        Assert.False(tag.IsCompleted || manifest.IsCompleted);
        clock.Move(TimeSpan.FromMinutes(1));
        const string Said = "the total time limit of 10 min ran out before r.example answered for r.example/app:";
        Assert.Equal(new Resolution.Unreachable(Said + "1"), await tag);
        Assert.Equal(new Resolution.Unreachable(Said + "2"), await manifest);

        // and what comes later is not asked at all
        Assert.Equal(new Resolution.Unreachable(Said + "3"), await Ask.Async(source, "r.example/app:3"));
        Assert.Equal(2, stalling.Asked);
    }

    [Fact]
    public async Task Who_gives_up_is_no_time_limit()
    {
        TimeLimitedSource source = new(new Stalling(), TimeSpan.FromMinutes(10), new ManualClock());
        using CancellationTokenSource stop = new();
        var answer = source.ResolveAsync(Ask.Reference("r.example/app:1"), null, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    /// <summary>A body that never ends is over with the time of its request, whether it drips or is read as a manifest, a token or a config.</summary>
    [Theory]
    [InlineData("/manifests/")]
    [InlineData("/token")]
    [InlineData("/blobs/")]
    public async Task A_body_that_drips_is_given_up(string dripping)
    {
        SampleImage image = new("linux/amd64");
        TaskCompletionSource dripped = new();
        await using var server = new ScriptedServer(r =>
            r.Target.Contains(dripping, StringComparison.Ordinal) ? async (_, stream, cancellation) =>
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{"u8.ToArray(), cancellation);
                while (true)
                {
                    await stream.WriteAsync(" "u8.ToArray(), cancellation);
                    dripped.TrySetResult();
                    await Task.Delay(20, cancellation);
                }
            }
            : dripping == "/token" ? Replies.With(401, [], $"WWW-Authenticate: Bearer realm=\"http://{r["Host"]}/token\"")
            : Replies.Manifest(image.Manifests["linux/amd64"].Bytes, SampleImage.ManifestType));
        ManualClock clock = new();
        var asked = Ask.Async(server, Ask.Quick with { Clock = clock, Attempts = 1, Verify = true }, dripping == "/blobs/" ? "linux/amd64" : null);
        await dripped.Task;
        clock.Move(Ask.Quick.RequestTime);
        Assert.Contains("stalled", Assert.IsType<Resolution.Unreachable>(await asked).Message, StringComparison.Ordinal);
    }

    private sealed class Stalling : IDigestSource
    {
        private int asked;

        public int Asked => asked;

        public bool HasManifests => true;

        public Task<Resolution> ResolveAsync(ImageReference reference, string? platform, CancellationToken cancellation) => NeverAsync(cancellation);

        public Task<Resolution> ReadAsync(ImageReference reference, bool config, CancellationToken cancellation) => NeverAsync(cancellation);

        private async Task<Resolution> NeverAsync(CancellationToken cancellation)
        {
            Interlocked.Increment(ref asked);
            await Task.Delay(Timeout.Infinite, cancellation);
            return new Resolution.NotFound("");
        }
    }
}
