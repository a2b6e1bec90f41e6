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

    public static TheoryData<string> NoAnswers { get; } = ["unreachable", "rate-limited", "not found", "denied", "refused"];

    [Theory]
    [MemberData(nameof(NoAnswers))]
    public async Task It_stands_in_for_a_registry_that_gives_no_answer_and_says_its_age(string failure)
    {
        Source source = new() { Digest = One };
        await AskAsync(source);
        clock.Now += TimeSpan.FromHours(3);
        source.Fails(failure);
        var answer = await Cache(source, lifetime: TimeSpan.Zero, standsIn: true).ResolveAsync(Ask.Reference("app:1"), null, TestContext.Current.CancellationToken);
        if (failure is "unreachable" or "rate-limited")
        {
            Assert.Equal(new Resolution.Resolved(One, MediaTypes.OciIndex, false, $"docker.io/library/app:1 is from the cache, 3 hours old, because its registry gave no answer ({failure}: no)"), answer);
        }
        else
        {
            Assert.Equal(source.Failure, answer);
        }

        // who must know what holds now is told the failure
        Assert.Equal(source.Failure, await Cache(source, lifetime: TimeSpan.Zero).ResolveAsync(Ask.Reference("app:1"), null, TestContext.Current.CancellationToken));

        clock.Now += CacheFolder.Kept;
        Assert.Equal(source.Failure, await Cache(source, lifetime: TimeSpan.Zero, standsIn: true).ResolveAsync(Ask.Reference("app:1"), null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_lifetime_that_the_user_gives_is_said_and_without_one_the_source_is_asked()
    {
        Source source = new() { Digest = One };
        await AskAsync(source);
        clock.Now += TimeSpan.FromMinutes(12);
        source.Digest = Two;
        Assert.Equal("docker.io/library/app:1 is from the cache, 12 min old", (await ResolvedAsync(Cache(source))).Note);
        Assert.Equal(new Resolution.Resolved(Two, MediaTypes.OciIndex, false), await ResolvedAsync(Cache(source, lifetime: TimeSpan.Zero, standsIn: true)));
    }

    /// <summary>Every level of the path, and every file in it, must be this user's or root's and written by nobody else.</summary>
    [Theory]
    [InlineData("777", "", "may be written by others")]
    [InlineData("775", "", "may be written by others")]
    [InlineData("1777", "", "may be written by others")]
    [InlineData("777", "..", "may be written by others")]
    [InlineData("1777", "..", null)]
    [InlineData("755", "..", null)]
    public void A_folder_that_others_may_write_is_not_used(string mode, string level, string? expected)
    {
        Directory.CreateDirectory(Path);
        Run("chmod", mode, System.IO.Path.GetFullPath(System.IO.Path.Combine(Path, level)));
        Assert.Equal(expected is null, CacheFolder.Open(Path, out var problem) is not null);
        Assert.Contains(expected ?? "", problem ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_behind_a_link_is_judged_with_every_level_of_both()
    {
        Directory.CreateDirectory(System.IO.Path.Combine(root, "open", "real"));
        Directory.CreateSymbolicLink(Path, System.IO.Path.Combine(root, "open", "real"));
        Assert.NotNull(CacheFolder.Open(Path, out _));
        Run("chmod", "777", System.IO.Path.Combine(root, "open"));
        Assert.Null(CacheFolder.Open(Path, out var problem));
        Assert.Contains("/open may be written by others", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_another_user_is_not_used()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can give a folder away");
        Directory.CreateDirectory(Path);
        Run("chown", "1234", Path);
        Assert.Null(CacheFolder.Open(Path, out var problem));
        Assert.Contains("belongs to another user", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("folder")]
    public async Task An_answer_that_others_could_have_edited_is_not_believed_and_that_is_said(string what)
    {
        Source source = new() { Digest = One };
        await AskAsync(source);
        source.Digest = Two;
        var file = Assert.Single(Files());
        Run("chmod", "go+w", what == "file" ? file : System.IO.Path.GetDirectoryName(file)!);
        var answer = await ResolvedAsync(Cache(source));
        Assert.Equal(Two, answer.Digest);
        Assert.StartsWith("an answer in the cache is not believed: ", answer.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_makes_is_for_its_user_alone()
    {
        Source source = new() { Digest = One };
        Assert.IsType<Resolution.Resolved>(await new DiskCache(source, CacheFolder.Open(System.IO.Path.Combine(Path, "a", "b"), out _)!, TimeSpan.Zero, _ => "ann", clock: clock)
            .ResolveAsync(Ask.Reference("app:1"), null, TestContext.Current.CancellationToken));
        Assert.Equal("600", Run("stat", "-c", "%a", Assert.Single(Files())).Trim());
        Assert.All(Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories), folder => Assert.Equal("700", Run("stat", "-c", "%a", folder).Trim()));
    }

    /// <summary>Each thing that decides over the answers is part of the key.</summary>
    [Theory]
    [InlineData("login")]
    [InlineData("registries.conf")]
    [InlineData("hosts.toml")]
    [InlineData("mirror")]
    [InlineData("http")]
    [InlineData("authorities")]
    [InlineData("the host's authorities")]
    public async Task Other_settings_are_another_question(string changed)
    {
        string Put(string name, string text)
        {
            var file = System.IO.Path.Combine(root, name);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            if (!File.Exists(file) || File.ReadAllText(file) != text)
            {
                // what is written again has another time, and so is another
                File.WriteAllText(file, text);
            }

            return file;
        }

        string? Environment(string name) => name == "REGISTRY_AUTH_FILE" ? System.IO.Path.Combine(root, "auth.json") : null;
        CacheScope Scope(bool other)
        {
            string Text(string what, string text) => other && what == changed ? text + "\n# more\n" : text;
            Put("auth.json", Text("login", "{}"));
            Put("etc/containers/registries.conf", Text("registries.conf", "[[registry]]\nlocation = \"docker.io\""));
            Put("etc/containerd/certs.d/docker.io/hosts.toml", Text("hosts.toml", "[host.\"https://m.example\"]"));
            Dictionary<string, string> own = new() { ["docker.io"] = other && changed == "mirror" ? "m2.example" : "m.example" };
            return new(
                new()
                {
                    Mirrors = Cleat.Registries.Settings.Mirrors.Read(Environment, own, "", System.IO.Path.Combine(root, "etc")),
                    PlainHttpHosts = other && changed == "http" ? new HashSet<string> { "docker.io" } : new HashSet<string>(),
                    CaFile = Put("ca.pem", Text("authorities", "a")),
                    CaFilesByHost = new Dictionary<string, string> { ["docker.io"] = Put("own.pem", Text("the host's authorities", "a")) },
                },
                Environment);
        }

        Source source = new() { Digest = One };
        await AskAsync(source, scope: Scope(other: false).Of("docker.io"));
        source.Digest = Two;
        Assert.Equal(One, await AskAsync(source, scope: Scope(other: false).Of("docker.io")));
        Assert.Equal(Two, await AskAsync(source, scope: Scope(other: true).Of("docker.io")));
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
        (await ResolvedAsync(Cache(source, scope, lifetime), reference, platform)).Digest;

    private static async Task<Resolution.Resolved> ResolvedAsync(DiskCache cache, string reference = "app:1", string? platform = null) =>
        Assert.IsType<Resolution.Resolved>(await cache.ResolveAsync(Ask.Reference(reference), platform, TestContext.Current.CancellationToken));

    private DiskCache Cache(Source source, string scope = "ann", TimeSpan? lifetime = null, bool standsIn = false) =>
        new(source, CacheFolder.Open(Path, out _)!, lifetime ?? TimeSpan.FromHours(1), _ => scope, standsIn: standsIn, clock: clock);

    private static string Run(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

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

        public Resolution Failure { get; private set; } = new Resolution.NotFound("no");

        public void Fails(string failure)
        {
            Digest = null;
            Failure = failure switch
            {
                "unreachable" => new Resolution.Unreachable("no"),
                "rate-limited" => new Resolution.RateLimited("no", null),
                "denied" => new Resolution.Denied("no"),
                "refused" => new Resolution.Refused("no"),
                _ => new Resolution.NotFound("no"),
            };
        }

        public Task<Resolution> ResolveAsync(ImageReference reference, string? platform, CancellationToken cancellation)
        {
            Interlocked.Increment(ref asked);
            return Task.FromResult(Digest is { } digest ? new Resolution.Resolved(digest, MediaTypes.OciIndex, Verified: false) : Failure);
        }
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
