using Cleat.Findings;
using Cleat.Tests.Files;
using Cleat.Uses;

namespace Cleat.Tests.Run;

/// <summary>One tag that a tree pins to two digests. D and E stand for digests.</summary>
public sealed class SplitTagTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("cleat-split-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory]
    [InlineData("nginx:1@D", "nginx:1@D")]
    [InlineData("nginx:1@D", "docker.io/library/nginx:1@E", "a:1", "b:1")]
    [InlineData("nginx:1@D", "nginx:2@E")]
    [InlineData("nginx:1@D", "nginx@E")]
    [InlineData("nginx:1@D", "nginx@E # nginx:1", "a:1", "b:1")]
    [InlineData("nginx@D # ratchet:nginx:1", "nginx@E # 1", "a:1", "b:1")]
    [InlineData("nginx:1@D # cleat: ignore[split-tag] both are meant", "nginx:1@E", "b:1")]
    [InlineData("nginx:1@D # cleat: ignore both are meant", "nginx:1@E", "b:1")]
    [InlineData("nginx:1@D # cleat: ignore[unpinned-image] other rule", "nginx:1@E", "a:1", "b:1", "a:unused-ignore")]
    public void A_tag_with_two_digests_is_told_at_both_places(string one, string other, params string[] expected)
    {
        Write("a.yaml", one);
        Write("b.yaml", other);
        foreach (var only in (bool[])[false, true])
        {
            var report = ImageTree.Open([root], new TreeOptions { ReadOnly = only }).Judge(TestContext.Current.CancellationToken);
            var told = report.Findings.Where(f => f.IsOpen).Select(f => $"{Path.GetFileNameWithoutExtension(f.File)}:{f.Position.Line - 4}");
            Assert.All(report.Findings.Where(f => f.Rule is not null), f => Assert.Equal(Rule.SplitTag, f.Rule));
            Assert.Equal(expected, told.Concat(report.Notices.Select(n => $"{Path.GetFileNameWithoutExtension(n.File)}:{n.Rule.Name}")));
        }
    }

    [Fact]
    public void The_other_place_is_named_and_the_severity_is_the_configs()
    {
        Write("a.yaml", "nginx:1@D");
        Write("b.yaml", "nginx:1@E");
        File.WriteAllText(Path.Combine(root, ".cleat.yaml"), "rules: { split-tag: note }\n");
        var report = ImageTree.Open([root], new TreeOptions { Config = CleatConfig.Find(root) }).Judge(TestContext.Current.CancellationToken);
        Assert.False(report.Fails);
        Assert.Contains($"sha256:{new string('6', 64)} at ", report.Findings[0].Says, StringComparison.Ordinal);
        Assert.Contains("b.yaml:5:12", report.Findings[0].Says, StringComparison.Ordinal);
    }

    private void Write(string name, string image) => File.WriteAllText(
        Path.Combine(root, name),
        "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: " + image.Replace("@D", "@sha256:" + new string('5', 64), StringComparison.Ordinal).Replace("@E", "@sha256:" + new string('6', 64), StringComparison.Ordinal) + "\n");
}
