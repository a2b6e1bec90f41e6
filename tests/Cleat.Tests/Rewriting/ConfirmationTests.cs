using System.Text;
using Cleat.Formats;
using Cleat.References;
using Cleat.Rewriting;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Tests.Rewriting;

/// <summary>What a rewritten file must hold. D and E stand for digests, and the first line is the one that is pinned to D.</summary>
public sealed class ConfirmationTests
{
    private static readonly Digest Wanted = Digest.TryParse("sha256:" + new string('d', 64), out var digest, out _) ? digest : default;

    [Theory]
    [InlineData("nginx:1", "nginx:1@D")]
    [InlineData("nginx:1", "nginx@D")]
    [InlineData("nginx", "nginx:latest@D")]
    [InlineData("nginx:1", "docker.io/library/nginx:1@D")]
    public void What_was_meant_is_written(string before, string after) => Assert.Null(Refusal(before, after));

    [Theory]
    [InlineData("nginx:1", "httpd:1@D")]
    [InlineData("nginx:1", "quay.io/library/nginx:1@D")]
    [InlineData("nginx:1", "team/nginx:1@D")]
    [InlineData("nginx:1", "nginx:2@D")]
    [InlineData("nginx:1", "nginx:1@E")]
    [InlineData("nginx:1", "nginx:1")]
    [InlineData("nginx:1", "nginx:1@D\nFROM httpd:1")]
    [InlineData("nginx:1\nFROM httpd:1", "nginx:1@D\nFROM httpd:2")]
    [InlineData("nginx:1\nFROM httpd:1", "nginx:1@D\nFROM httpd:1@D")]
    [InlineData("nginx:1\nFROM httpd:1", "nginx:1@D")]
    public void What_was_not_meant_is_not_written(string before, string after) => Assert.NotNull(Refusal(before, after));

    private static string? Refusal(string before, string after)
    {
        var (old, now) = (Read(before), Read(after));
        return Confirmation.Refusal(old, now, new Dictionary<ImageUse, PlannedChange> { [old.Uses[0]] = new(old.Uses[0], Wanted, "", []) });
    }

    private static UseSink Read(string text) => FileReading.Read(new SourceText("Dockerfile", Encoding.UTF8.GetBytes(
        "FROM " + text.Replace("@D", "@" + Wanted, StringComparison.Ordinal).Replace("@E", "@sha256:" + new string('e', 64), StringComparison.Ordinal) + "\n")));
}
