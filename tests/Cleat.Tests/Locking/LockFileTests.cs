using Cleat.Files;
using Cleat.Locking;
using Cleat.References;
using Cleat.Registries.Client;
using Cleat.Tests.Files;

namespace Cleat.Tests.Locking;

/// <summary><c>cleat.lock</c> on the disk.</summary>
public sealed class LockFileTests : IDisposable
{
    private const string Text = """
        # What each image reference meant when it was resolved. Written by cleat; for review, not for editing.
        version: 1

        "[2001:db8::1]:5000/app:1":
          digest: sha256:7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed
          type: application/vnd.oci.image.index.v1+json
          resolved: 2026-11-23T21:00:00Z
          from: "a folder/with \u0022quotes\u0022"

        docker.io/library/nginx:1.27:
          digest: sha256:7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed
          type: application/vnd.oci.image.index.v1+json
          resolved: 2026-11-23T21:00:00Z
          from: registry
          platforms:
            linux/amd64: sha256:3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3
            linux/arm/v7: sha256:8b5b9db0c13db24256c829aa364aa90c6d2eba318b9232a4ab9313b954d3555f

        """;

    private static readonly Digest One = Digest.Sha256("one"u8);
    private static readonly Digest Two = Digest.Sha256("two"u8);
    private static readonly Digest Three = Digest.Sha256("three"u8);
    private static readonly DateTimeOffset Then = new(2026, 11, 23, 21, 0, 0, TimeSpan.Zero);

    private readonly TemporaryTree tree = new();

    private string Path => tree.At("cleat.lock");

    public void Dispose() => tree.Dispose();

    [Fact]
    public void What_is_written_is_read_again_and_is_sorted()
    {
        var nginx = Entry("docker.io/library/nginx:1.27", One, ("linux/amd64", Two), ("linux/arm/v7", Three));
        var ipv6 = Entry("[2001:db8::1]:5000/app:1", One) with { From = "a folder/with \"quotes\"" };
        Assert.Null(Read().With([nginx, ipv6]).Write());
        Assert.Equal(Text.ReplaceLineEndings("\n"), File.ReadAllText(Path));
        Assert.Equal(["[2001:db8::1]:5000/app:1", "docker.io/library/nginx:1.27"], Read().Entries.Keys);
        Assert.Equal((nginx.Digest, nginx.From, nginx.Resolved), (Read()["docker.io/library/nginx:1.27"]!.Digest, "registry", Then));
        Assert.Equal(nginx.Platforms, Read()["docker.io/library/nginx:1.27"]!.Platforms);
        Assert.Equal("a folder/with \"quotes\"", Read()["[2001:db8::1]:5000/app:1"]!.From);
    }

    [Fact]
    public void An_entry_that_says_the_same_stays_with_its_time()
    {
        tree.Write("cleat.lock", Text);
        var locked = Read();
        var same = locked.With([Entry("docker.io/library/nginx:1.27", One, ("linux/amd64", Two), ("linux/arm/v7", Three)) with { Resolved = Then.AddDays(1) }]);
        Assert.Equal((0, false), (same.Changed, same.Differs));
        Assert.Null(same.Write());
        Assert.Equal(Text, File.ReadAllText(Path));

        var moved = locked.With([Entry("docker.io/library/nginx:1.27", Two), Entry("r.example/app:1", One)]);
        Assert.Equal((2, true), (moved.Changed, moved.Differs));
        Assert.Equal(Text, File.ReadAllText(Path));
    }

    [Fact]
    public void One_that_is_not_there_is_empty_and_is_made_by_what_is_added()
    {
        var empty = Read();
        Assert.False(empty.Differs);
        Assert.Null(empty.Write());
        Assert.False(File.Exists(Path));
        Assert.Null(empty.With([Entry("r.example/app:1", One)]).Write());
        Assert.NotNull(Read()["r.example/app:1"]);
    }

    [Theory]
    [InlineData("", "1:1: this is no lock of cleat: its first key must be `version: 1`")]
    [InlineData("version: 2\n", "1:1: this is no lock of this version of cleat")]
    [InlineData("nginx:\n  digest: x\nversion: 1\n", "1:1: this is no lock of this version of cleat")]
    [InlineData("version: 1\nnginx:1.27:\n  digest: x\n", "'nginx:1.27' is no reference in full")]
    [InlineData("version: 1\nr.example/a:1@sha256:7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed:\n  digest: x\n", "is no reference in full")]
    [InlineData("version: 1\nr.example/a:1:\n  type: x\n", "'r.example/a:1' has no digest")]
    [InlineData("version: 1\nr.example/a:1:\n  digest: sha256:12\n  type: application/vnd.oci.image.index.v1+json\n  resolved: 2026-11-23T21:00:00Z\n", "3:11: the digest has 2 hex digits")]
    [InlineData("version: 1\nr.example/a:1:\n  digest: sha256:7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed\n  type: text/plain\n", "the type of 'r.example/a:1' is none of an image")]
    [InlineData("version: 1\nr.example/a:1:\n  other: x\n", "3:3: unknown key 'other'")]
    [InlineData("version: 1\nr.example/a:1:\nr.example/a:1:\n", "3:1: 'r.example/a:1' stands here a second time")]
    [InlineData("version: 1\n<<<<<<< ours\nr.example/a:1: {}\n=======\n>>>>>>> theirs\n", "cleat.lock:3:1: not well-formed")]
    [InlineData("version: 1\n---\nversion: 1\n", "1:1: this is no lock of cleat")]
    public void What_is_no_lock_is_named_with_its_place(string text, string wrong)
    {
        tree.Write("cleat.lock", text);
        Assert.Null(LockFile.Read(Path, out var said));
        Assert.StartsWith(Path, said, StringComparison.Ordinal);
        Assert.Contains(wrong, said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_no_lock()
    {
        Directory.CreateDirectory(Path);
        Assert.Null(LockFile.Read(Path, out var wrong));
        Assert.Contains("is a folder: name a file", wrong, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Two_runs_that_learn_the_same_at_once_are_both_done(bool isThere)
    {
        if (isThere)
        {
            tree.Write("cleat.lock", Text);
        }

        var (one, other) = (Read(), Read());
        Assert.Null(one.With([Entry("r.example/app:1", One)]).Write());
        var first = File.ReadAllText(Path);
        Assert.Null(other.With([Entry("r.example/app:1", One) with { Resolved = Then.AddSeconds(1) }]).Write());
        Assert.Equal(first, File.ReadAllText(Path));
    }

    [Fact]
    public void Two_runs_that_learn_different_things_are_not_and_nothing_is_lost()
    {
        tree.Write("cleat.lock", Text);
        var (one, other) = (Read(), Read());
        Assert.Null(one.With([Entry("r.example/app:1", One)]).Write());
        Assert.Contains("run again", other.With([Entry("r.example/app:1", Two)]).Write(), StringComparison.Ordinal);
        Assert.Contains("run again", other.With([Entry("r.example/app:2", One)]).Write(), StringComparison.Ordinal);
        Assert.Equal(One, Read()["r.example/app:1"]!.Digest);
    }

    private LockFile Read()
    {
        var locked = LockFile.Read(Path, out var wrong);
        Assert.Null(wrong);
        return Assert.IsType<LockFile>(locked);
    }

    private static LockEntry Entry(string reference, Digest digest, params (string, Digest)[] platforms) => new(reference, digest, MediaTypes.OciIndex, platforms, Then, "registry");
}
