using System.Collections.Concurrent;
using Cleat.Findings;
using Cleat.References;
using Cleat.Registries;

namespace Cleat.Tests.Registries;

public sealed class Resolving
{
    private static readonly Resolution Answer = new Resolution.Resolved(Digest.Sha256("x"u8), SampleImage.IndexType, Verified: true);

    [Fact]
    public async Task One_spelling_is_asked_once()
    {
        var source = new Source((_, _, _) => Task.FromResult(Answer));
        var resolver = new Resolver(source);
        string[] spellings = ["nginx", "nginx:latest", "docker.io/library/nginx", $"nginx:latest@{Digest.Sha256("old"u8)}", "nginx:1"];
        var reports = new ConcurrentQueue<(int Done, int Total)>();
        var answers = await resolver.ResolveAllAsync(spellings.Select(s => (Ask.Reference(s), (string?)null)).Append((Ask.Reference("nginx"), "linux/amd64")), new Progress(reports.Enqueue), TestContext.Current.CancellationToken);
        Assert.Equal(3, answers.Count);
        Assert.Equal(3, source.Asked.Count);
        Assert.Equal([0, 1, 2, 3], reports.Select(r => r.Done).Order());
        await Ask.OkAsync(resolver, "nginx");
        Assert.Equal(3, source.Asked.Count);
    }

    [Fact]
    public async Task A_host_is_asked_by_eight_at_most()
    {
        int now = 0, most = 0;
        var source = new Source(async (_, _, _) =>
        {
            var here = Interlocked.Increment(ref now);
            InterlockedMax(ref most, here);
            await Task.Yield();
            await Task.Delay(1, CancellationToken.None);
            Interlocked.Decrement(ref now);
            return Answer;
        });
        await new Resolver(source).ResolveAllAsync(Enumerable.Range(0, 100).Select(i => (Ask.Reference($"a.example/r:{i}"), (string?)null)), null, TestContext.Current.CancellationToken);
        Assert.InRange(most, 1, 8);
    }

    [Fact]
    public async Task The_rest_is_unreachable_when_the_total_time_is_over()
    {
        var source = new Source(async (r, _, cancellation) =>
        {
            await Task.Delay(r.EffectiveTag == "slow" ? Timeout.Infinite : 0, cancellation);
            return Answer;
        });
        var resolver = new Resolver(source, new() { TotalTime = TimeSpan.FromMilliseconds(200) });
        var answers = await resolver.ResolveAllAsync([(Ask.Reference("a.example/r:quick"), null), (Ask.Reference("a.example/r:slow"), null)], null, TestContext.Current.CancellationToken);
        Assert.IsType<Resolution.Resolved>(answers[ResolutionKey.Of(Ask.Reference("a.example/r:quick"), null)]);
        Assert.Contains("the total time limit of 200 ms ran out", Assert.IsType<Resolution.Unreachable>(answers[ResolutionKey.Of(Ask.Reference("a.example/r:slow"), null)]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_gives_up_does_not_take_the_answer_from_others()
    {
        using var cancel = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var asked = 0;
        var source = new Source(async (_, _, cancellation) =>
        {
            if (Interlocked.Increment(ref asked) == 1)
            {
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, cancellation);
            }

            return Answer;
        });
        var resolver = new Resolver(source);
        var first = resolver.ResolveAsync(Ask.Reference("nginx"), null, cancel.Token);
        await begun.Task;
        var second = resolver.ResolveAsync(Ask.Reference("nginx"), null, TestContext.Current.CancellationToken);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(Answer, await second);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private sealed class Source(Func<ImageReference, string?, CancellationToken, Task<Resolution>> answer) : IDigestSource
    {
        internal ConcurrentQueue<string> Asked { get; } = new();

        public Task<Resolution> ResolveAsync(ImageReference reference, string? platform, CancellationToken cancellation)
        {
            Asked.Enqueue($"{reference.Canonical} {platform}");
            return answer(reference, platform, cancellation);
        }
    }

    // System.Progress posts to a pool thread: too late for an assertion
    private sealed class Progress(Action<(int Done, int Total)> report) : IProgress<(int Done, int Total)>
    {
        public void Report((int Done, int Total) value) => report(value);
    }
}
