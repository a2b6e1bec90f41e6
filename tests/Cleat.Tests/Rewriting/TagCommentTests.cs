using System.Text;
using Cleat.Formats;
using Cleat.References;
using Cleat.Rewriting;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Tests.Rewriting;

/// <summary>Pins with the comments of other tools. D stands for the digest that is written, E for the one that was there.</summary>
public sealed class TagCommentTests
{
    private static readonly string D = "sha256:" + new string('5', 64);
    private static readonly string E = "sha256:" + new string('6', 64);

    [Theory]
    [InlineData("nginx@E # ratchet:nginx:1.27", "1.27")]
    [InlineData("nginx@E # ratchet:docker.io/library/nginx:1.27", "1.27")]
    [InlineData("'nginx@E' # ratchet:nginx:1.27", "1.27")]
    [InlineData("nginx@E # 1.27", "1.27")]
    [InlineData("nginx@E  #  v1.27-alpine", "v1.27-alpine")]
    [InlineData("nginx@E # latest", "latest")]
    [InlineData("nginx@E # bookworm-slim", "bookworm-slim")]
    [InlineData("nginx@E # RELEASE.2024-01-01T00-00-00Z", "RELEASE.2024-01-01T00-00-00Z")]
    [InlineData("nginx@E # tag=1.27", "1.27")]
    [InlineData("nginx@E # renovate: tag=1.27", "1.27")]
    [InlineData("nginx@E # pin @1.27", "1.27")]
    [InlineData("nginx@E # nginx:1.27", "1.27")]
    [InlineData("nginx@E # nginx:1.27 since Monday", "1.27")]
    [InlineData("nginx:1@E # 1.27", "1")]
    [InlineData("nginx@E # other:1.27", null)]
    [InlineData("nginx@E # why", null)]
    [InlineData("nginx@E # OPS-123", null)]
    [InlineData("nginx@E #123", null)]
    [InlineData("nginx@E # since 1.27", null)]
    [InlineData("nginx@E # renovate: datasource=docker depName=nginx", null)]
    [InlineData("nginx@E # ratchet:exclude", null)]
    public void A_comment_says_the_tag(string image, string? tag)
    {
        var (source, use) = Read($"services:\n  a:\n    image: {image}\n");
        Assert.Equal(tag, PinMove.Tagged(source, use)?.Tag);
    }

    [Theory]
    [InlineData("nginx@E # ratchet:nginx:1.27", "nginx:1.27")]
    [InlineData("nginx@E # 1.27", "nginx:1.27")]
    [InlineData("nginx@E # tag=1.27", "nginx:1.27")]
    [InlineData("\"nginx@E\" # nginx:1.27 # why", "\"nginx:1.27\" # why")]
    [InlineData("nginx@E # nginx:1.27 since Monday", "nginx:1.27 # nginx:1.27 since Monday")]
    [InlineData("nginx:1.27@E # why", "nginx:1.27 # why")]
    [InlineData("nginx@E", null)]
    [InlineData("nginx@E # why", null)]
    [InlineData("${REG}/nginx@E", null)]
    [InlineData("${REG}/nginx:1@E", "${REG}/nginx:1")]
    [InlineData("${IMAGE}@E", "${IMAGE}")]
    public void A_digest_is_taken_out_where_the_tag_is_known(string before, string? after)
    {
        var (source, use) = Read($"services:\n  a:\n    image: {before}\n");
        var change = Pinner.Unpin(source, use, out var why);
        Assert.Equal(after is null, why is not null);
        Assert.Equal(after is null ? null : $"services:\n  a:\n    image: {after}\n", change is null ? null : Text(source.Apply(change.Edits)));
    }

    [Theory]
    [InlineData(PinStyle.TagDigest, "nginx", "nginx:latest@D")]
    [InlineData(PinStyle.Digest, "nginx", "nginx@D")]
    [InlineData(PinStyle.DigestComment, "nginx", "nginx@D # nginx:latest")]
    [InlineData(PinStyle.DigestComment, "nginx:1.27 # why", "nginx@D # nginx:1.27 # why")]
    [InlineData(PinStyle.TagDigest, "nginx:1.28 # ratchet:nginx:1.27", "nginx:1.28@D # ratchet:nginx:1.28")]
    [InlineData(PinStyle.Digest, "nginx:1.28 # tag=1.27", "nginx@D # tag=1.28")]
    [InlineData(PinStyle.DigestComment, "nginx:1.28 # ratchet:nginx:1.27", "nginx@D # ratchet:nginx:1.28")]
    [InlineData(PinStyle.DigestComment, "nginx:1.27 # 1.27", "nginx@D # 1.27")]
    [InlineData(PinStyle.TagDigest, "nginx:1.28 # 1.27", "nginx:1.28@D # 1.27")]
    [InlineData(PinStyle.Digest, "nginx:1 # {\"$imagepolicy\": \"a:b\"}", "nginx:1@D # {\"$imagepolicy\": \"a:b\"}")]
    [InlineData(PinStyle.DigestComment, "nginx:1 # {\"$imagepolicy\": \"a:b\"}", "nginx:1@D # {\"$imagepolicy\": \"a:b\"}")]
    [InlineData(PinStyle.DigestComment, "nginx:1 # kpt-set: ${image}:${tag}", "nginx:1@D # kpt-set: ${image}:${tag}")]
    public void A_comment_is_kept_and_says_what_is_pinned(PinStyle style, string before, string after)
    {
        var (source, use) = Read($"services:\n  a:\n    image: {before}\n");
        Assert.True(Digest.TryParse(D, out var digest, out _));
        var pinned = source.Apply(Pinner.Pin(source, use, digest, style, out _)!.Edits);
        Assert.Equal($"services:\n  a:\n    image: {after}\n", Text(pinned));
    }

    [Theory]
    [InlineData("digest: null", "digest: D # unpinned: null")]
    [InlineData("digest: ~ # why", "digest: D # unpinned: ~ # why")]
    [InlineData("digest:", "digest: D # unpinned: empty")]
    [InlineData("digest: \"\"", "digest: \"D\"")]
    [InlineData("digest: ''", "digest: 'D'")]
    public void What_stood_in_the_place_of_a_digest_comes_back(string before, string after)
    {
        var text = $"image:\n  repository: a/b\n  tag: v1\n  {before}\n";
        var (source, use) = Read(text, "values.yaml");
        Assert.True(Digest.TryParse(D, out var digest, out _));
        var pinned = source.Apply(Pinner.Pin(source, use, digest, PinStyle.TagDigest, out _)!.Edits);
        Assert.Equal($"image:\n  repository: a/b\n  tag: v1\n  {after}\n", Text(pinned));
        var again = Assert.Single(FileReading.Read(pinned).Uses);
        Assert.Equal(Verdict.Pinned, again.Verdict);
        Assert.Equal(text, Text(pinned.Apply(Pinner.Unpin(pinned, again, out _)!.Edits)));
    }

    [Fact]
    public void A_digest_that_nobody_moves_with_its_tag_is_told()
    {
        const string Marked = "images:\n- name: a\n  newTag: v2 # {\"$imagepolicy\": \"flux-system:a:tag\"}\n  digest: E";
        Assert.Equal(Rule.TagDigestMismatch, Read(Marked + "\n", "kustomization.yaml").Use.Rule);
        Assert.Null(Read(Marked + " # {\"$imagepolicy\": \"flux-system:a:digest\"}\n", "kustomization.yaml").Use.Rule);
        Assert.Null(Read("images:\n- name: a\n  newTag: v2@E # {\"$imagepolicy\": \"flux-system:a:tag\"}\n", "kustomization.yaml").Use.Rule);
    }

    private static (SourceText Source, ImageUse Use) Read(string text, string name = "compose.yaml")
    {
        SourceText source = new(name, Encoding.UTF8.GetBytes(text.Replace("@E", "@" + E, StringComparison.Ordinal).Replace(": E", ": " + E, StringComparison.Ordinal)));
        return (source, Assert.Single(FileReading.Read(source).Uses));
    }

    private static string Text(SourceText source) =>
        Encoding.UTF8.GetString(source.Span).Replace(D, "D", StringComparison.Ordinal).Replace(E, "E", StringComparison.Ordinal);
}
