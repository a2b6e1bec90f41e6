using Cleat.References;
using Cleat.Registries.Cache;
using Cleat.Registries.Client;
using Cleat.Registries;

namespace Cleat.Tests.Registries;

public sealed class CachingOnDisk : IDisposable
{
    private static readonly Digest One = Digest.Sha256("one"u8);
    private static readonly Digest Two = Digest.Sha256("two"u8);

    private readonly string root = Directory.CreateTempSubdirectory("cleat-cache-").FullName;
    private readonly Clock clock = new();

    private string Path => System.IO.Path.Combine(root, "cleat");

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task An_answer_is_kept_for_its_lifetime_and_no_longer()
    {
        Source source = new() { Digest = One };
        Assert.Equal(One, await AskAsync(source));
        source.Digest = Two;
        clock.Now += TimeSpan.FromMinutes(59);
        Assert.Equal((One, 1), (await AskAsync(source), source.Asked));
        clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal((Two, 2), (await AskAsync(source), source.Asked));
        clock.Now -= TimeSpan.FromMinutes(30);
        Assert.Equal((Two, 3), (await AskAsync(source), source.Asked));
    }

    [Theory]
    [InlineData("app:2", null, "ann")]
    [InlineData("other:1", null, "ann")]
    [InlineData("app:1", "linux/arm64", "ann")]
    [InlineData("app:1", null, "bob")]
    public async Task Another_question_is_another_answer(string reference, string? platform, string scope)
    {
        Source source = new() { Digest = One };
        await AskAsync(source);
        source.Digest = Two;
        Assert.Equal((Two, 2), (await AskAsync(source, reference, platform, scope), source.Asked));
        Assert.Equal((One, 2), (await AskAsync(source), source.Asked));
    }

    [Fact]
    public async Task What_is_damaged_is_no_answer_and_is_written_anew()
    {
        Source source = new() { Digest = One };
        await AskAsync(source);
        var file = Assert.Single(Files());
        var good = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        for (var i = 0; i < good.Length; i += 7)
        {
            byte[] bad = [.. good];
            bad[i] ^= 1;
            await PutAsync(file, bad);
            var asked = source.Asked;
            Assert.Equal((One, asked + 1), (await AskAsync(source), source.Asked));
            await PutAsync(file, good[..i]);
            Assert.Equal((One, asked + 2), (await AskAsync(source), source.Asked));
            Assert.Equal((One, asked + 2), (await AskAsync(source), source.Asked));
        }
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        Source source = new();
        Assert.IsType<Resolution.NotFound>(await Cache(source).ResolveAsync(Ask.Reference("app:1"), null, TestContext.Current.CancellationToken));
        source.Digest = One;
        Assert.Equal(One, await AskAsync(source));
    }

    [Fact]
    public async Task Many_runs_at_once_see_whole_answers_only()
    {
        Source source = new() { Digest = One };
        await Parallel.ForAsync(0, 400, TestContext.Current.CancellationToken, async (i, _) =>
        {
            Digest[] may = [One, Two];
            source.Digest = may[i % 2];
            Assert.Contains(await AskAsync(source, lifetime: i % 3 == 0 ? TimeSpan.Zero : TimeSpan.FromHours(1)), may);
        });
        Assert.Single(Files());
    }

    [Fact]
    public void A_folder_that_others_may_write_is_not_used()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "modes are Unix's");
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path);
            File.SetUnixFileMode(Path, (UnixFileMode)0b111_111_111);
        }

        Assert.Null(CacheFolder.Open(Path, out var problem));
        Assert.Contains("may be written by others", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_a_week_old_is_taken_away()
    {
        Source source = new() { Digest = One };
        await AskAsync(source);
        File.SetLastWriteTimeUtc(Assert.Single(Files()), clock.Now.UtcDateTime.AddDays(-8));
        clock.Now += TimeSpan.FromDays(2);
        await AskAsync(source, "app:2");
        Assert.Single(Files());
    }

    [Fact]
    public void The_users_folder_is_where_the_specification_says()
    {
        Assert.Null(CacheFolder.OfUser(_ => null, out _));
        Assert.NotNull(CacheFolder.OfUser(name => name == "HOME" ? root : "relative", out _));
    }

    private async Task<Digest> AskAsync(Source source, string reference = "app:1", string? platform = null, string scope = "ann", TimeSpan? lifetime = null) =>
        Assert.IsType<Resolution.Resolved>(await Cache(source, scope, lifetime).ResolveAsync(Ask.Reference(reference), platform, TestContext.Current.CancellationToken)).Digest;

    private DiskCache Cache(Source source, string scope = "ann", TimeSpan? lifetime = null) => new(source, CacheFolder.Open(Path, out _)!, lifetime ?? TimeSpan.FromHours(1), _ => scope, clock: clock);

    private IEnumerable<string> Files() => Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith("swept", StringComparison.Ordinal));

    private static async Task PutAsync(string file, byte[] bytes)
    {
        await using FileStream stream = new(file, FileMode.Create);
        await stream.WriteAsync(bytes, TestContext.Current.CancellationToken);
    }

    private sealed class Source : IDigestSource
    {
        private int asked;

        public Digest? Digest { get; set; }

        public int Asked => asked;

        public Task<Resolution> ResolveAsync(ImageReference reference, string? platform, CancellationToken cancellation)
        {
            Interlocked.Increment(ref asked);
            return Task.FromResult<Resolution>(Digest is { } digest ? new Resolution.Resolved(digest, MediaTypes.OciIndex, Verified: false) : new Resolution.NotFound("no"));
        }
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
