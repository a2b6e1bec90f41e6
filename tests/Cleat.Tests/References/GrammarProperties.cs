using Cleat.References;
using CsCheck;

namespace Cleat.Tests.References;

public sealed class GrammarProperties
{
    [Fact]
    public void The_parser_and_the_oracle_agree()
    {
        var accepted = 0;
        Samples.Any.Try(
            text =>
            {
                var ours = ImageReference.TryParse(text, out var reference, out var error);
                var theirs = GrammarOracle.Read(text);
                if (!ours)
                {
                    return theirs is null && error!.Position >= 0 && error.Position <= text.Length && error.Message.Length is > 5 and < 200;
                }

                Interlocked.Increment(ref accepted);
                return theirs == new GrammarOracle.Parts(reference!.Registry, reference.Repository, reference.Tag, reference.Digest?.ToString());
            },
            iter: 150_000);
        Assert.True(accepted > 0);
    }

    [Fact]
    public void What_the_generator_calls_valid_is_valid() =>
        Samples.Valid.Try(text => ImageReference.TryParse(text, out _, out _), iter: 5_000);

    [Fact]
    public void The_ranges_cut_the_text_into_its_parts() => Parsed(r =>
    {
        var (tagStart, tagLength) = r.TagRange.GetOffsetAndLength(r.Original.Length);
        var (digestStart, digestLength) = r.DigestRange.GetOffsetAndLength(r.Original.Length);
        return r.Original[r.NameRange] == r.Name
            && r.Original[r.TagRange] == (r.Tag ?? "")
            && r.Original[r.DigestRange] == (r.Digest?.ToString() ?? "")
            && (tagLength == 0 || r.Original[tagStart - 1] == ':')
            && (digestLength == 0 || r.Original[digestStart - 1] == '@')
            && r.WithoutDigest + (r.Digest is null ? "" : "@" + r.Digest) == r.Original;
    });

    [Fact]
    public void The_canonical_text_means_the_same_and_is_its_own_canonical_text() => Parsed(r =>
        ImageReference.TryParse(r.Canonical, out var again, out _)
        && again.Registry == r.Registry
        && again.Repository == r.Repository
        && again.Tag == (r.Digest is null ? r.EffectiveTag : r.Tag)
        && again.Digest == r.Digest
        && again.Canonical == r.Canonical);

    private static void Parsed(Func<ImageReference, bool> holds) => Samples.Any.Try(
        text => !ImageReference.TryParse(text, out var reference, out _) || holds(reference),
        iter: 20_000);
}
