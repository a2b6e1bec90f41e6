using Cleat.Formats;
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

    /// <summary>What other workloads run for the same reference, where that is another image.</summary>
    public IReadOnlyList<Digest> Elsewhere { get; init; } = [];

    /// <summary>The digest to pin it to; null when that is not to be known.</summary>
    public Pin? Pin { get; init; }

    /// <summary>Why there is no digest to pin it to, and what to do instead; null when there is one, or a choice.</summary>
    public string? NoPin { get; init; }

    /// <summary>What the tag means at the registry now; null when that was not asked, or not answered.</summary>
    public Digest? MeansNow { get; init; }

    /// <summary>The lines that mend it, each as a shell takes it (or a comment that begins with <c>#</c>).</summary>
    public IReadOnlyList<string> Fix { get; init; } = [];

    /// <summary>What there is to know beside: plain sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The files that made it, as it says itself: they may be gone, or lie on another machine.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>True when the program may pin it by itself where it is told to.</summary>
    public bool CanApply { get; init; }

    /// <summary>Who chose to live with it, where the object itself says so (an annotation); null when it does not.</summary>
    public Ignored? Ignored { get; init; }

    /// <summary>The rules it breaks, the worst first. The first one that the config leaves on is the finding's.</summary>
    public IEnumerable<Rule> Rules
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

    /// <summary>The use with what the registry says that its tag means now.</summary>
    /// <param name="pin">True to pin to that, in place of what runs.</param>
    public RunningUse Compared(Digest now, bool pin)
    {
        var moved = Running.Any(r => r.Digest is { } runs && runs != now) || (Use.Reference?.Digest is { } pinned && pinned != now);
        return this with
        {
            MeansNow = now,
            Pin = pin && Use is { Verdict: Verdict.Unpinned, Reference: { } asked } ? new(now, $"{asked.WithoutDigest}@{now}") : Pin,
            Notes = moved ? [.. Notes, $"the tag means {now} at the registry now: it was moved since this was started"] : Notes,
        };
    }

    /// <summary>The text of a reference as a use, judged by <see cref="Policy"/>.</summary>
    /// <param name="format">What it was read from: <c>docker</c>, <c>swarm</c>, <c>kubernetes</c>.</param>
    /// <param name="path">Where in the object it stands.</param>
    public static ImageUse Judged(string text, string format, Steps path)
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
