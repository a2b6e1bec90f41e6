using Cleat.References;
using Cleat.Running.Docker;
using Cleat.Running.Plans;
using Cleat.Running;
using Cleat.Uses;
using static Cleat.Tests.Running.Samples;

namespace Cleat.Tests.Running;

/// <summary>What is wrong with something that runs, and what the registry's answer makes of it.</summary>
public sealed class RunningUseTests
{
    private const string Pinned = "nginx:1.27@sha256:1111111111111111111111111111111111111111111111111111111111111111";

    [Theory]
    [InlineData("nginx:1.27", false, null, "unpinned-image")]
    [InlineData("nginx:1.27", true, null, "mixed-digests unpinned-image")]
    [InlineData("nginx:1.27", false, '2', "unpinned-image")]
    [InlineData(Pinned, false, null, "")]
    [InlineData(Pinned, false, '1', "")]
    [InlineData(Pinned, false, '2', "moved-tag")]
    [InlineData("nginx@sha256:1111111111111111111111111111111111111111111111111111111111111111", false, '2', "")]
    [InlineData("nginx@sha256:short", false, null, "malformed-digest")]
    public void The_worst_rule_comes_first(string asked, bool mixed, char? now, string rules)
    {
        RunningUse use = new() { Workload = Web, Use = Asked(asked), Running = [], Mixed = mixed, MeansNow = now is { } letter ? Named(letter) : null };
        Assert.Equal(rules, string.Join(' ', use.Rules.Select(r => r.Name)));
    }

    [Fact]
    public void An_object_is_named_whole()
    {
        Assert.Equal(("Deployment shop/web, container app", "prod/shop/Deployment/web/app"), (Web.ToString(), Web.FullName));
        RunningObject container = new("Container", null, "web", null, null);
        Assert.Equal(("Container web", "Container/web"), (container.ToString(), container.FullName));
    }

    // what runs, what the tag means, and the pin that comes of it for each choice
    [Theory]
    [InlineData("nginx:1.27", '1', '1', false)]
    [InlineData("nginx:1.27", '1', '2', true)]
    [InlineData(Pinned, '1', '1', false)]
    [InlineData(Pinned, '1', '2', true)]
    public void What_the_tag_means_now_is_said_where_something_else_runs(string asked, char runs, char now, bool moved)
    {
        var meaning = new TagMeaning(Named(now)!.Value, new Dictionary<string, Digest>());
        var use = Engine(asked, runs);
        var compared = use.With(meaning, PinTo.Running).Running;
        Assert.Equal((Named(now), moved, use.Running.Pin), (compared.MeansNow, compared.Notes.Count == 1, compared.Pin));
        Assert.Equal(asked == Pinned ? null : new Pin(Named(now)!.Value, $"nginx:1.27@{Named(now)}"), use.With(meaning, PinTo.Registry).Running.Pin);
        Assert.Same(use, use.With(null, PinTo.Registry));
    }

    private static RunningObject Web { get; } = new("Deployment", "shop", "web", "app", "prod");

    private static EngineUse Engine(string asked, char runs) => new()
    {
        Running = new()
        {
            Workload = Web,
            Use = Asked(asked),
            Running = [new(Named(runs), null, 1, ["box"], "linux/amd64")],
            Pin = asked == Pinned ? null : new(Named(runs)!.Value, $"nginx:1.27@{Named(runs)}"),
        },
    };
}
