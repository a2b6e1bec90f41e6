using System.Text;
using Cleat.Tests.Files;

namespace Cleat.Tests.Run;

/// <summary>Files that are read together are changed together: each is confirmed beside the others as they will be.</summary>
public sealed class LayeredValuesTests : IDisposable
{
    private static readonly string First = "sha256:" + new string('1', 64);
    private static readonly string Second = "sha256:" + new string('2', 64);

    private readonly TemporaryTree folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Values_and_what_is_laid_over_them_are_unpinned_in_one_run()
    {
        folder.Write("Chart.yaml", "apiVersion: v2\nname: a\nversion: 1.0.0\n");
        folder.Write("values.yaml", $"image:\n  repository: team/app\n  tag: \"1.0\"\n  digest: {First}\n");
        folder.Write("values-prod.yaml", $"image:\n  tag: \"2.0\"\n  digest: {Second}\n");
        folder.Write("templates/pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  containers:\n    - name: a\n"
            + "      image: \"{{ .Values.image.repository }}:{{ .Values.image.tag }}{{ if .Values.image.digest }}@{{ .Values.image.digest }}{{ end }}\"\n");
        var plan = ImageTree.Open([folder.Root], new()).Judge(TestContext.Current.CancellationToken).PlanUnpins(cancellation: TestContext.Current.CancellationToken);
        Assert.Empty(plan.Report.Errors);
        Assert.Equal(
            ["image:\n  tag: \"2.0\"\n", "image:\n  repository: team/app\n  tag: \"1.0\"\n"],
            plan.Changes.OrderBy(c => c.File, StringComparer.Ordinal).Select(c => Encoding.UTF8.GetString(c.NewText.Span)));
    }
}
