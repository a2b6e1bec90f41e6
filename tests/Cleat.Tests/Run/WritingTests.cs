using Cleat.Tests.Files;
using Cleat.Tests.Formats;

namespace Cleat.Tests.Run;

/// <summary>What a plan writes when the tree is no longer what it was read from.</summary>
public sealed class WritingTests : IDisposable
{
    private const string Tagged = "FROM nginx:1.27\n";

    private readonly TemporaryTree folder = new();
    private readonly RegistryClient registry = RegistryClient.From(Path.Combine(CaseFiles.Root, "../../../examples/registry"));

    public void Dispose()
    {
        registry.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("tree")]
    [InlineData("tree/d/Dockerfile")]
    public async Task A_folder_that_was_replaced_by_a_link_leads_nowhere(string argument)
    {
        folder.Write("tree/d/Dockerfile", Tagged);
        var outside = folder.Write("outside/Dockerfile", Tagged);
        var plan = await PlanAsync(argument);
        folder.Run("mv", "tree/d", "tree/moved");
        folder.Link("tree/d", folder.At("outside"));

        var written = plan.Write(TestContext.Current.CancellationToken);
        Assert.Empty(written.Changes);
        Assert.Contains("another file is in its place", Assert.Single(written.Report.Errors).Message, StringComparison.Ordinal);
        Assert.Equal(Tagged, await File.ReadAllTextAsync(outside, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Three_runs_at_once_are_all_done()
    {
        var file = folder.Write("tree/Dockerfile", Tagged);
        List<PinPlan> plans = [await PlanAsync("tree"), await PlanAsync("tree"), await PlanAsync("tree")];
        foreach (var plan in plans)
        {
            var written = plan.Write(TestContext.Current.CancellationToken);
            Assert.Empty(written.Report.Errors);
            Assert.Equal(1, written.References);
        }

        Assert.StartsWith("FROM nginx:1.27@sha256:", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(folder.At("tree")));
    }

    [Theory]
    [InlineData("mkfifo")]
    [InlineData("mkdir")]
    [InlineData("ln", "-s", "/dev/zero")]
    public void A_trap_in_the_place_of_a_file_that_an_option_names_is_refused(params string[] make)
    {
        folder.Run(make[0], [.. make[1..], "trap"]);
        var trap = folder.At("trap");
        string[] said =
        [
            Assert.Throws<CleatException>(() => Baseline.Read(trap)).Message,
            Assert.Throws<CleatException>(() => RegistryClient.From(trap).Dispose()).Message,
            Assert.Throws<CleatException>(() => new RegistryClient(new() { CaFile = trap }).Dispose()).Message,
        ];
        Assert.All(said, message => Assert.Contains("trap", message, StringComparison.Ordinal));
    }

    private async Task<PinPlan> PlanAsync(string argument)
    {
        var plan = await ImageTree.Open(folder.At(argument)).Judge(TestContext.Current.CancellationToken).PlanPinsAsync(registry, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(1, plan.References);
        return plan;
    }
}
