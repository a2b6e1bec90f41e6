using Cleat.Locking;
using Cleat.References;
using Cleat.Registries;
using Cleat.Registries.Client;
using Cleat.Tests.Files;
using Cleat.Tests.Registries;

namespace Cleat.Tests.Locking;

/// <summary>Digests out of a lock, and what it lacks.</summary>
public sealed class LockedDigestsTests : IDisposable
{
    private static readonly SampleImage Image = new("linux/amd64", "linux/arm/v6", "linux/arm/v7");
    private static readonly Digest Old = Digest.Sha256("old"u8);
    private static readonly Digest OldAmd64 = Digest.Sha256("old amd64"u8);

    private readonly TemporaryTree tree = new();
    private readonly LayoutSource source;

    public LockedDigestsTests()
    {
        Image.WriteLayout(tree.At("layout"), "r.example/app:1");
        source = new(tree.At("layout"));
    }

    public void Dispose() => tree.Dispose();

    [Fact]
    public async Task What_the_lock_has_is_taken_from_it_and_nobody_is_asked()
    {
        LockedDigests digests = new(Locked(("linux/amd64", OldAmd64)), source);
        Assert.Equal(new Resolution.Resolved(Old, MediaTypes.OciIndex, Verified: false), await Ask.Async(digests, "r.example/app:1"));
        Assert.Equal(new Resolution.Resolved(OldAmd64, MediaTypes.OciManifest, Verified: false), await Ask.Async(digests, "r.example/app:1", "linux/amd64"));
        Assert.Contains("no image for linux/arm64; it has linux/amd64", Assert.IsType<Resolution.NotFound>(await Ask.Async(digests, "r.example/app:1", "linux/arm64")).Message, StringComparison.Ordinal);
        Assert.Equal(0, source.Asked);
        Assert.False(digests.Grown.Differs);
    }

    [Fact]
    public async Task What_it_lacks_is_read_once_with_its_platforms_and_added()
    {
        LockedDigests digests = new(Locked(), source, "the layout");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Ask.OkAsync(digests, "r.example/app:1@" + Old, i % 2 == 0 ? null : "linux/amd64")));
        Assert.Equal(1, source.Asked);
        var entry = digests.Grown["r.example/app:1"]!;
        Assert.Equal((Image.IndexDigest, "the layout"), (entry.Digest, entry.From));
        Assert.Equal([("linux/amd64", Image.Manifests["linux/amd64"].Digest), ("linux/arm/v6", Image.Manifests["linux/arm/v6"].Digest), ("linux/arm/v7", Image.Manifests["linux/arm/v7"].Digest)], entry.Platforms);
        Assert.Contains("say which of linux/arm/v6, linux/arm/v7", Assert.IsType<Resolution.Refused>(await Ask.Async(digests, "r.example/app:1", "linux/arm")).Message, StringComparison.Ordinal);
        Assert.Null(digests.GrownWithout(new HashSet<string> { "r.example/app:1" })["r.example/app:1"]);
    }

    [Fact]
    public async Task Alone_it_says_what_it_lacks()
    {
        LockedDigests digests = new(Locked(), null);
        Assert.Contains("has no r.example/app:1: run once without --offline", Assert.IsType<Resolution.NotFound>(await Ask.Async(digests, "r.example/app:1")).Message, StringComparison.Ordinal);
        Assert.False(digests.HasManifests);
        Assert.IsType<Resolution.Refused>(await digests.ReadAsync(Ask.Reference("r.example/app:1"), config: false, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_renewed_lock_asks_for_what_it_has()
    {
        LockedDigests digests = new(Locked(("linux/amd64", OldAmd64)), source, renew: true);
        Assert.Equal(Image.IndexDigest, (await Ask.OkAsync(digests, "r.example/app:1")).Digest);
        Assert.Equal(Image.IndexDigest, digests.Grown["r.example/app:1"]!.Digest);
    }

    /// <summary>What goes into a lock was hashed here, whatever the registry's header says.</summary>
    [Fact]
    public async Task A_header_that_lies_gets_into_no_lock()
    {
        await using var server = new ScriptedServer(_ => Replies.With(200, Image.Index, $"Content-Type: {SampleImage.IndexType}", $"Docker-Content-Digest: {Old}"));
        using RegistryApi registry = new(Ask.Quick);
        LockedDigests digests = new(Locked(), registry);
        Assert.Contains("the body hashes to", Assert.IsType<Resolution.Refused>(await Ask.Async(digests, $"{server.Host}/team/app:1")).Message, StringComparison.Ordinal);
        Assert.Empty(digests.Grown.Entries);
        Assert.All(server.Requests, r => Assert.Equal("GET", r.Method));
    }

    [Fact]
    public async Task A_failure_is_answered_and_not_added()
    {
        LockedDigests digests = new(Locked(), source);
        Assert.IsType<Resolution.NotFound>(await Ask.Async(digests, "r.example/app:2"));
        Assert.Empty(digests.Grown.Entries);
    }

    [Fact]
    public void An_entry_means_its_digest_and_those_of_its_platforms()
    {
        var entry = Locked(("linux/amd64", OldAmd64))["r.example/app:1"]!;
        Assert.Equal((true, true, false), (entry.Means(Old), entry.Means(OldAmd64), entry.Means(Image.IndexDigest)));
    }

    private LockFile Locked(params (string, Digest)[] platforms)
    {
        var locked = LockFile.Read(tree.At("cleat.lock"), out _)!;
        return platforms.Length == 0 ? locked : Written(locked.With([new("r.example/app:1", Old, MediaTypes.OciIndex, platforms, DateTimeOffset.UnixEpoch, "registry")]));
    }

    private static LockFile Written(LockFile locked)
    {
        Assert.Null(locked.Write());
        return LockFile.Read(locked.Path, out _)!;
    }

    private sealed class LayoutSource(string folder) : IDigestSource
    {
        private readonly Cleat.Registries.Layouts.OciLayout layout = Cleat.Registries.Layouts.OciLayout.TryOpen(folder, out var opened, out var problem) ? opened : throw new InvalidOperationException(problem);
        private int asked;

        public int Asked => asked;

        public bool HasManifests => true;

        public Task<Resolution> ResolveAsync(ImageReference reference, string? platform, CancellationToken cancellation)
        {
            Interlocked.Increment(ref asked);
            return layout.ResolveAsync(reference, platform, cancellation);
        }

        public Task<Resolution> ReadAsync(ImageReference reference, bool config, CancellationToken cancellation)
        {
            Interlocked.Increment(ref asked);
            return layout.ReadAsync(reference, config, cancellation);
        }
    }
}
