using Cleat.References;
using Cleat.Text;
using Cleat.Trees.Paths;
using Cleat.Uses;

namespace Cleat.Running;

/// <summary>An image that something runs: what was asked for, and what it got.</summary>
public sealed record RunningUse
{
    public required RunningObject Workload { get; init; }

    /// <summary>What was asked for, judged. Its span means nothing here.</summary>
    public required ImageUse Use { get; init; }

    /// <summary>What really runs, most first; empty when nothing does.</summary>
    public required IReadOnlyList<RunningDigest> Running { get; init; }

    /// <summary>True when the one reference runs as several images: the race.</summary>
    public bool Mixed { get; init; }

    /// <summary>The digest to pin it to; null when that is not to be known.</summary>
    public Pin? Pin { get; init; }

    /// <summary>What the tag means at the registry now; null when that was not asked, or not answered.</summary>
    public Digest? MeansNow { get; init; }

    /// <summary>The lines that fix it, each as a shell takes it (or a comment that begins with <c>#</c>).</summary>
    public IReadOnlyList<string> Fix { get; init; } = [];

    /// <summary>What there is to know beside: plain sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Who chose to live with it, where the object itself says so (an annotation); null when it does not.</summary>
    public Ignored? Ignored { get; init; }

    /// <summary>The rules it breaks, the worst first. The first one that the config leaves on is the finding's.</summary>
    internal IEnumerable<Rule> Rules
    {
        get
        {
            if (Mixed)
            {
                yield return Rule.MixedDigests;
            }

            if (Rule.Of(Use) is { } rule)
            {
                yield return rule;
            }

            if (Use.Reference is { Tag: not null, Digest: { } pinned } && MeansNow is { } now && now != pinned)
            {
                yield return Rule.MovedTag;
            }
        }
    }

    /// <summary>The text of a reference as a use, judged by <see cref="Policy"/>.</summary>
    /// <param name="format">What it was read from: <c>docker</c>, <c>swarm</c>, <c>kubernetes</c>.</param>
    /// <param name="path">Where in the object it stands.</param>
    internal static ImageUse Judged(string text, string format, Steps path)
    {
        var judged = Policy.Judge(text);
        return new()
        {
            Format = format,
            Steps = path,
            Text = text,
            Span = default(TextSpan),
            Verdict = judged.Verdict,
            Reference = judged.Reference,
            Problem = judged.Problem,
            Site = new PinSite.Nowhere("it runs: what made it is to be changed"),
        };
    }
}
