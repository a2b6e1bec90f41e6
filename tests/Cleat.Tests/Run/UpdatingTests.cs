using Cleat.References;
using Cleat.Tests.Files;
using Cleat.Tests.Registries;

namespace Cleat.Tests.Run;

/// <summary>Where an update moves a pin to, against a registry whose tag moved: never a guess.</summary>
public sealed class UpdatingTests : IDisposable
{
    private readonly TemporaryTree folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>A pin of one platform's image moves to the image of just that platform, or not at all.</summary>
    [Theory]
    [InlineData("linux/arm", "linux/arm/v6 linux/arm/v7", "which has several images for linux/arm: say which of linux/arm/v6, linux/arm/v7")]
    [InlineData("linux/arm/v7", "linux/arm/v6 linux/arm/v7", "linux/arm/v7")]
    [InlineData("linux/amd64", "linux/amd64/v3 linux/amd64", "linux/amd64")]
    [InlineData("windows(10.0.17763.1)/amd64", "windows(10.0.20348.7)/amd64 windows(10.0.17763.7)/amd64", "windows(10.0.17763.7)/amd64")]
    [InlineData("windows(10.0.17763.1)/amd64", "windows(10.0.20348.7)/amd64", "which has no image for windows(10.0.17763.1)/amd64; it has windows(10.0.20348.7)/amd64")]
    public async Task A_pin_stays_on_its_platform(string pinned, string offered, string expected)
    {
        var old = SampleImage.By("an older one", pinned, "linux/s390x");
        SampleImage fresh = new(offered.Split(' '));
        var plan = await PlanAsync(old.Manifests[pinned].Digest, new(), old, fresh);
        if (fresh.Manifests.TryGetValue(expected, out var target))
        {
            Assert.Empty(plan.Report.Errors);
            Assert.Equal((target.Digest, pinned), (Assert.Single(plan.Updates).To, plan.Updates[0].Platform));
        }
        else
        {
            Assert.Empty(plan.Changes);
            Assert.EndsWith($"the tag now means {fresh.IndexDigest}, {expected}", Assert.Single(plan.Report.Errors).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_index_whose_images_are_missing_is_told_by_what_is_missing()
    {
        SampleImage old = new("linux/s390x");
        SampleImage fresh = new("linux/amd64");
        var plan = await PlanAsync(old.IndexDigest, new() { MinAge = TimeSpan.FromDays(3) }, old, fresh, without: fresh.Manifests["linux/amd64"].Digest);
        Assert.Empty(plan.Changes);
        Assert.EndsWith($"its age cannot be judged: not found: {plan.Report.Findings[0].Use.Reference!.Registry}/team/app has no {fresh.Manifests["linux/amd64"].Digest}", Assert.Single(plan.Report.Errors).Message, StringComparison.Ordinal);
    }

    private async Task<PinPlan> PlanAsync(Digest pin, UpdateOptions options, SampleImage old, SampleImage fresh, Digest? without = null)
    {
        await using var server = new ScriptedServer(r => Reply(r.Target.Split('/')[^1], without, old, fresh));
        folder.Write("Dockerfile", $"FROM {server.Host}/team/app:1@{pin}\n");
        using RegistryClient registry = new(new());
        return await ImageTree.Open(folder.Root).Judge(TestContext.Current.CancellationToken).PlanUpdatesAsync(registry, options, TestContext.Current.CancellationToken);
    }

    private static ScriptedReply Reply(string name, Digest? without, SampleImage old, SampleImage fresh)
    {
        if (name == "1")
        {
            return Replies.Manifest(fresh.Index, SampleImage.IndexType);
        }

        foreach (var image in (SampleImage[])[old, fresh])
        {
            if (name == image.IndexDigest.ToString())
            {
                return Replies.Manifest(image.Index, SampleImage.IndexType);
            }

            foreach (var (digest, bytes) in image.Manifests.Values.Where(m => m.Digest.ToString() == name && m.Digest != without))
            {
                return Replies.Manifest(bytes, SampleImage.ManifestType);
            }

            foreach (var (_, bytes) in image.Configs.Values.Where(c => c.Digest.ToString() == name))
            {
                return Replies.With(200, bytes);
            }
        }

        return Replies.Text(404, """{"errors":[{"code":"MANIFEST_UNKNOWN"}]}""");
    }
}
