using System.Globalization;
using Cleat.Findings;
using Cleat.References;
using Cleat.Uses;

namespace Cleat.Run;

/// <summary>Finds the tags that a tree pins to more than one digest, once every file was read.</summary>
internal sealed class SplitTags
{
    // how many other places are told beside one
    private const int MostListed = 3;

    private readonly Dictionary<PinnedTag, List<Finding>> split = [];

    public static void Mark(IReadOnlyList<FoundFile> files)
    {
        SplitTags tags = new(files.SelectMany(f => f.Findings));
        if (tags.split.Count > 0)
        {
            foreach (var file in files)
            {
                file.Findings = file.Findings.ConvertAll(f => tags.Others(f) is { } says ? file.Rules.Under(f with { Says = says }, Rule.SplitTag) : f);
            }
        }
    }

    private SplitTags(IEnumerable<Finding> findings)
    {
        Dictionary<PinnedTag, Finding> first = [];
        foreach (var finding in findings)
        {
            if (PinnedTag.Of(finding) is not { } tag)
            {
                continue;
            }

            if (!first.TryAdd(tag, finding) && (split.ContainsKey(tag) || DigestOf(first[tag]) != DigestOf(finding)))
            {
                // one place of each digest is enough to tell
                var places = split.TryGetValue(tag, out var known) ? known : split[tag] = [first[tag]];
                if (places.TrueForAll(p => DigestOf(p) != DigestOf(finding)))
                {
                    places.Add(finding);
                }
            }
        }
    }

    // what the same tag is pinned to elsewhere; null when all agree, and where something worse is told
    private string? Others(Finding finding)
    {
        if (finding.Rule is not null || PinnedTag.Of(finding) is not { } tag || !split.TryGetValue(tag, out var places))
        {
            return null;
        }

        var others = places.FindAll(p => DigestOf(p) != DigestOf(finding));
        var told = string.Join(", ", others.Take(MostListed).Select(p => string.Create(CultureInfo.InvariantCulture, $"{DigestOf(p)} at {p.File}:{p.Position.Line}:{p.Position.Column}")));
        return $"the tag {tag.Tag} is also pinned to {told}{(others.Count > MostListed ? string.Create(CultureInfo.InvariantCulture, $" and {others.Count - MostListed} more") : "")}";
    }

    private static Digest DigestOf(Finding finding) => finding.Use.Reference!.Digest!.Value;

    /// <summary>A tag as it is pinned: one platform's digest, and one of another algorithm, may well be another.</summary>
    private readonly record struct PinnedTag(string Registry, string Repository, string Tag, string? Platform, string Algorithm)
    {
        public static PinnedTag? Of(Finding finding) => finding is { Use: { Verdict: Verdict.Pinned, Reference: { Digest: { } digest } reference } use, PinnedTag: { } tag }
            ? new(reference.Registry, reference.Repository, tag, use.Platform, digest.Algorithm)
            : null;
    }
}
