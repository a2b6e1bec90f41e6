using Cleat.Running.Kubernetes;

namespace Cleat.Tests.Running.Kubernetes;

/// <summary>Label selectors as kubectl takes them (kubernetes.io, "Labels and Selectors").</summary>
public sealed class LabelSelectorTests
{
    [Theory]
    [InlineData("app=web", "app=web", true)]
    [InlineData("app=web", "app=api", false)]
    [InlineData("app=web", "", false)]
    [InlineData("app==web", "app=web", true)]
    [InlineData("app==web", "app=api", false)]
    [InlineData("app == web", "app=web", true)]
    [InlineData("app!=web", "app=api", true)]
    [InlineData("app!=web", "app=web", false)]
    [InlineData("app!=web", "", true)]
    [InlineData("app=", "app=", true)]
    [InlineData("app=", "app=web", false)]
    [InlineData("app", "app=web", true)]
    [InlineData("app", "tier=web", false)]
    [InlineData("!app", "tier=web", true)]
    [InlineData("!app", "app=web", false)]
    [InlineData("app in (web,api)", "app=api", true)]
    [InlineData("app in (web, api)", "app=api", true)]
    [InlineData("app in (web,api)", "app=db", false)]
    [InlineData("app in (web,api)", "", false)]
    [InlineData("app notin (web,api)", "app=db", true)]
    [InlineData("app notin (web,api)", "app=web", false)]
    [InlineData("app notin (web,api)", "", true)]
    [InlineData("app=web,tier!=back", "app=web tier=front", true)]
    [InlineData("app=web,tier!=back", "app=web tier=back", false)]
    [InlineData("app in (web,api),tier", "app=web", false)]
    [InlineData(" app = web , tier ", "app=web tier=front", true)]
    [InlineData("example.com/app-name_1=web", "example.com/app-name_1=web", true)]
    public void It_chooses_by_labels(string selector, string labels, bool matches) => Assert.Equal(
        matches,
        LabelSelector.Read(selector)!.Matches(labels.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('=')).ToDictionary(l => l[0], l => l[1])));

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("app=web,")]
    [InlineData("=web")]
    [InlineData("!")]
    [InlineData("app in web")]
    [InlineData("app in (web")]
    [InlineData("app is (web)")]
    [InlineData("in (web)")]
    [InlineData("a b=c")]
    [InlineData("app in (web) x")]
    public void What_is_not_well_written_is_none(string selector) => Assert.Null(LabelSelector.Read(selector));
}
