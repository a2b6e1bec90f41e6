using Cleat.Cli.Options;
using Cleat.Configuration;
using Cleat.Findings;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Cli.Verbs;

/// <summary>What stands in a file, judged.</summary>
/// <param name="Notices">What there is to know about the ignores in it.</param>
/// <param name="Protects">True for a place that an ignore keeps from being rewritten, whatever its verdict.</param>
internal sealed record JudgedFile(ScannedFile File, IReadOnlyList<Finding> Findings, IReadOnlyList<Notice> Notices, Func<ImageUse, bool> Protects)
{
    /// <summary>A finding under another rule, as the config has it and the ignores in the file.</summary>
    public Func<Finding, Rule, Finding> Under { get; init; } = (finding, _) => finding;

    /// <summary>What there is to know about the ignores after <see cref="Under"/> was asked.</summary>
    public Func<IReadOnlyList<Notice>> NoticesNow { get; init; } = () => [];

    /// <summary>What a report needs of it.</summary>
    public JudgedFile WithoutSource() => new(File with { Source = new(File.Path, default), Found = new() }, Findings, Notices, _ => false);
}

/// <summary>Makes findings of uses: the rules as the config has them, and what was chosen to be ignored.</summary>
internal sealed class Judging(CleatConfig config)
{
    private readonly Exemptions exemptions = new(config, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date));

    /// <summary>What there is to know about the exemptions in the config.</summary>
    public IEnumerable<Notice> ConfigNotices => AsSet(exemptions.Notices());

    /// <summary>Judges a file; null when nothing stands in it.</summary>
    public JudgedFile? Judge(ScannedFile file)
    {
        if (file.Found.Uses.Count == 0)
        {
            return null;
        }

        var ignores = Suppressions.Find(file.Source, file.Found.Comments);
        var exempt = exemptions.Of(file.FullPath, file.Path);
        List<Finding> findings = new(file.Found.Uses.Count);
        LineCursor lines = new(file.Source.Bytes);
        foreach (var use in file.Found.Uses)
        {
            var place = lines.Place(use.Span);
            var rule = config.Apply(Rule.Of(use));
            findings.Add(new(file.Path, place.Position, place.Text, use, rule, Ignored: rule is null ? null : Ignored(use, rule)) { Range = place.Range });
        }

        return new(
            file,
            findings,
            NoticesNow(),
            use => ignores.Protects(use.Span) || exempt(use, Rule.UnpinnedImage.Name) is not null)
        {
            Under = Under,
            NoticesNow = NoticesNow,
        };

        Finding Under(Finding finding, Rule? broken) => config.Apply(broken) is { } rule
            ? finding with { Rule = rule, Ignored = Ignored(finding.Use, rule) }
            : finding with { Rule = null, Ignored = null };

        Ignored? Ignored(ImageUse use, Rule rule) => ignores.Of(use.Span, rule.Name) ?? exempt(use, rule.Name);

        IReadOnlyList<Notice> NoticesNow() => [.. AsSet(ignores.Notices(file.Source, Rule.All))];
    }

    private IEnumerable<Notice> AsSet(IEnumerable<Notice> notices) => notices.Select(n => config.Apply(n.Rule) is { } rule ? n with { Rule = rule } : null).OfType<Notice>();
}
