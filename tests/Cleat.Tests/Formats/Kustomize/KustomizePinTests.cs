using System.Text;
using Cleat.Formats;
using Cleat.References;
using Cleat.Rewriting;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Tests.Formats.Kustomize;

/// <summary>What stands in the file afterwards, byte for byte. The forms were built once with kustomize 5.5.</summary>
public sealed class KustomizePinTests
{
    private const string D = "sha256:5555555555555555555555555555555555555555555555555555555555555555";

    [Theory]
    [InlineData("images:\n- name: x\n  newTag: v1\n", "images:\n- name: x\n  newTag: v1@D\n")]
    [InlineData("images:\n- name: x\n  newTag: v1 # why\n", "images:\n- name: x\n  newTag: v1@D # why\n")]
    [InlineData("images:\n  - newTag: v1\n    name: x", "images:\n  - newTag: v1@D\n    name: x")]
    [InlineData("images:\r\n-   newTag: \"1\"\r\n    name: x\r\n", "images:\r\n-   newTag: \"1@D\"\r\n    name: x\r\n")]
    [InlineData("images: [{name: x, newTag: v1}]\n", "images: [{name: x, newTag: v1@D}]\n")]
    [InlineData("images: [{newTag: v1, name: x}]\n", "images: [{newTag: v1@D, name: x}]\n")]
    [InlineData("{\"images\":[{\"name\":\"x\",\"newTag\":\"v1\"}]}", "{\"images\":[{\"name\":\"x\",\"newTag\":\"v1@D\"}]}")]
    [InlineData("{\"images\": [\n  {\n    \"name\": \"x\",\n    \"newTag\": \"v1\"\n  }]}", "{\"images\": [\n  {\n    \"name\": \"x\",\n    \"newTag\": \"v1@D\"\n  }]}")]
    [InlineData("images:\n- name: x\n  newTag: v1\n  digest: ''\n", "images:\n- name: x\n  newTag: v1@D\n  digest: ''\n")]
    [InlineData("images:\n- name: x\n  digest:\n  newTag: v1\n", "images:\n- name: x\n  digest:\n  newTag: v1@D\n")]
    public void A_digest_is_written_behind_the_tag(string before, string after) => Assert.Equal(after.Replace("D", D, StringComparison.Ordinal), Pin(before, PinStyle.TagDigest));

    [Theory]
    [InlineData("patches:\r\n- patch: |-\r\n    - op: add\r\n      path: /spec/containers/0/image\r\n      value: x:1\r\n", "value: x:1\r\n", "value: x:1@D\r\n")]
    [InlineData("patches:\n- patch: >-\n    [{\"op\": \"add\", \"path\": \"/spec/containers/-\",\n    \"value\": {\"image\": \"x:1\"}}]\n", "x:1", "x:1@D")]
    [InlineData("patches:\n- patch: \"- op: add\\n  path: /spec/image\\n  value: x:1 # why\\n\"\n", "x:1 #", "x:1@D #")]
    [InlineData("{\"patches\": [{\"patch\": \"[{\\\"op\\\": \\\"add\\\", \\\"path\\\": \\\"/spec/image\\\", \\\"value\\\": \\\"x:1\\\"}]\"}]}", "x:1", "x:1@D")]
    public void An_image_in_a_patch_is_pinned_where_it_stands(string text, string before, string after)
    {
        var wanted = text.Replace(before, after.Replace("D", D, StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(wanted, Pin(text, PinStyle.TagDigest));
    }

    [Theory]
    [InlineData("images:\n- name: x\n  newTag: v1\n", "images:\n- name: x\n  digest: D\n")]
    [InlineData("images:\n- newTag: 'v1'\n  name: x\n", "images:\n- digest: D\n  name: x\n")]
    [InlineData("images: [{name: x, newTag: v1}]\n", "images: [{name: x, digest: D}]\n")]
    [InlineData("{\"images\":[{\"name\":\"x\",\"newTag\":\"v1\"}]}", "{\"images\":[{\"name\":\"x\",\"digest\":\"D\"}]}")]
    public void Or_in_its_place(string before, string after) => Assert.Equal(after.Replace("D", D, StringComparison.Ordinal), Pin(before, PinStyle.Digest));

    [Theory]
    [InlineData("images:\n- name: x\n  newTag: 1.10\n", "quotes")]
    [InlineData("images:\n- name: x\n  tagSuffix: -a\n", "newTag")]
    [InlineData("images:\n- name: .*x\n  newTag: v1\n", "pattern")]
    public void Where_none_can_be_written_the_reason_says_what_to_do(string text, string word)
    {
        var site = Assert.IsType<PinSite.Nowhere>(Assert.Single(FileReading.Read(Source(text)).Uses).Site);
        Assert.Contains(word, site.Why, StringComparison.Ordinal);
    }

    /// <summary>An entry that sets a digest and no tag names no image without it: the file may be written all the same.</summary>
    [Theory]
    [InlineData("images:\n- name: nginx\n  digest: D\n", "images:\n- name: nginx\n")]
    [InlineData("images:\n- name: nginx\n  newName: a/b\n  digest: D\n", "images:\n- name: nginx\n  newName: a/b\n")]
    public void A_digest_by_itself_is_taken_out_again(string before, string after)
    {
        var source = Source(before.Replace("D", D, StringComparison.Ordinal));
        var found = FileReading.Read(source);
        var use = Assert.Single(found.Uses);
        var change = Pinner.Unpin(source, use, out _)!;
        var unpinned = source.Apply(change.Edits);
        Assert.Equal(after, Encoding.UTF8.GetString(unpinned.Span));
        Assert.Null(Confirmation.Refusal(found, FileReading.Read(unpinned), new Dictionary<ImageUse, PlannedChange> { [use] = change }));
    }

    private static SourceText Source(string text) => new("kustomization.yaml", Encoding.UTF8.GetBytes(text));

    private static string Pin(string text, PinStyle style)
    {
        var source = Source(text);
        Assert.True(Digest.TryParse(D, out var digest, out _));
        var change = Pinner.Pin(source, Assert.Single(FileReading.Read(source).Uses), digest, style, out var why);
        Assert.True(change is not null, why);
        var after = source.Apply(change.Edits);
        Assert.Equal(Verdict.Pinned, Assert.Single(FileReading.Read(after).Uses).Verdict);
        return Encoding.UTF8.GetString(after.Span);
    }
}
