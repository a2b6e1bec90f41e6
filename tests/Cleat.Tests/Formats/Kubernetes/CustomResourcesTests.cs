using System.Text;
using Cleat.Formats.Kubernetes;
using Cleat.Trees.Paths;

namespace Cleat.Tests.Formats.Kubernetes;

public sealed class CustomResourcesTests
{
    [Fact]
    public void Every_path_of_the_data_can_be_read()
    {
        using var data = typeof(CustomResources).Assembly.GetManifestResourceStream("CustomResources.txt")!;
        using StreamReader reader = new(data);
        var rows = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l[0] != '#').Select(l => l.Split(' ')).ToList();
        Assert.Equal(CustomResources.Count, rows.Count);
        Assert.All(rows, row =>
        {
            PathSet.TryRead([.. row[2..].Select(p => p.StartsWith("values:", StringComparison.Ordinal) ? p["values:".Length..] : p)], out var wrong);
            Assert.Null(wrong);
            Assert.NotNull(CustomResources.Paths(row[0] == "-" ? "v1" : row[0] + "/v1", row[1].ToUpperInvariant()));
        });
        Assert.Equal(rows.Count, rows.DistinctBy(r => (r[0], r[1])).Count());
    }

    [Theory]
    [InlineData("kind: Kafka\nspec: {kafka: {image: x}}", true)]
    [InlineData("{\"kind\" : \"Kafka\", \"spec\": {\"kafka\": {\"image\": \"x\"}}}", true)]
    [InlineData("kind: 'Provider'\nspec:\n  package: x", true)]
    [InlineData("kind: Provider\nspec:\n  image: x", false)]
    [InlineData("kind: Deployment\nspec:\n  package: x", false)]
    [InlineData("mankind: x\nkinds: Provider\npackage: x", false)]
    public void A_glance_knows_the_kinds(string text, bool holds) => Assert.Equal(holds, CustomResources.MayHold(Encoding.UTF8.GetBytes(text)));
}
