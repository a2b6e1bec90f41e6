using Cleat.Configuration;
using Cleat.Findings;
using Cleat.Rewriting;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Run;

/// <summary>Makes findings of uses: the rules as the config has them, and what was chosen to be ignored.</summary>
internal sealed class Judging(CleatConfig config)
{

    private readonly Exemptions exemptions = new(config, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date));

    /// <summary>What there is to know about the exemptions in the config.</summary>
    public IEnumerable<Notice> ConfigNotices => exemptions.Notices().Select(n => config.Apply(n.Rule) is { } rule ? n with { Rule = rule } : null).OfType<Notice>();

    /// <summary>Judges what stands in a file.</summary>
    /// <param name="added">The lines that count; null for all.</param>
    public (JudgedFile File, List<Finding> Findings) Judge(FileUses file, IReadOnlyList<(int First, int Last)>? added, CancellationToken cancellation)
    {
        FileRules rules = new(Suppressions.Find(file.Source, file.Found.Comments), exemptions.Of(file.FullPath, file.Path), config.Apply) { Lines = added };
        List<Finding> findings = new(file.Found.Uses.Count);
        LineCursor lines = new(file.Source.Bytes);
        foreach (var use in file.Found.Uses)
        {
            cancellation.ThrowIfCancellationRequested();
            var place = lines.Place(use.Span);
            var tag = use.Verdict == Verdict.Pinned ? PinMove.Tagged(file.Source, use)?.Tag : null;
            findings.Add(rules.Under(new(file.Path, place.Position, place.Text, use, null) { Range = place.Range, IsInFile = file.FullPath is not null, KeptBy = rules.Kept(use), PinnedTag = tag }, Rule.Of(use)));
        }

        return (new(file, rules), findings);
    }
}
