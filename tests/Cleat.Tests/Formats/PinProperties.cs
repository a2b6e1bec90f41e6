using Cleat.Formats;
using Cleat.References;
using Cleat.Rewriting;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Tests.Formats;

/// <summary>What must hold for every file, whatever is in it.</summary>
internal static class PinProperties
{
    /// <summary>What is pinned to where it does not matter.</summary>
    public static Digest Fixed { get; } =
        Digest.TryParse("sha256:" + new string('5', 64), out var digest, out var wrong) ? digest : throw new InvalidOperationException(wrong);

    public static void Check(string name, byte[] bytes, Surroundings? beside = null, FormatSet? formats = null)
    {
        SourceText source = new(name, bytes);
        var before = FileReading.Read(source, formats: formats, beside: beside);
        Sites(source, before);
        Assert.Equal(bytes, source.Apply([]).Bytes.ToArray());

        var (pinned, changes) = PinAll(source, before);
        var after = FileReading.Read(pinned, formats: formats, beside: beside);
        Assert.Null(Confirmation.Refusal(before, after, changes));
        Sites(pinned, after);
        Outside(source, pinned, [.. changes.Values.SelectMany(c => c.Edits)]);
        Assert.Equal(pinned.Bytes.ToArray(), PinAll(pinned, after).Source.Bytes.ToArray());

        // a digest that cannot be taken out has a reason
        Assert.All(before.Uses.Where(u => u.Verdict == Verdict.Pinned), u => Assert.True(Pinner.Unpin(source, u, out var why) is not null || why is not null));
        if (before.Uses.TrueForAll(u => u.Verdict != Verdict.Pinned))
        {
            var edits = after.Uses.Select(u => Pinner.Unpin(pinned, u, out _)).OfType<PlannedChange>().SelectMany(c => c.Edits);
            var unpinned = pinned.Apply(edits);
            if (changes.Keys.Any(u => u.Site is PinSite.InsertField { Before: [.., '@'] } || u.Reference?.Tag is null))
            {
                // a tag that stood elsewhere, or nowhere, was written beside the digest, and stays
                Assert.Equal(before.Uses.Select(Meaning), FileReading.Read(unpinned, formats: formats, beside: beside).Uses.Select(Meaning));
            }
            else
            {
                Assert.Equal(bytes, unpinned.Bytes.ToArray());
            }
        }
    }

    private static string Meaning(ImageUse use) => use.Reference?.Canonical ?? use.Text;

    private static (SourceText Source, Dictionary<ImageUse, PlannedChange> Changes) PinAll(SourceText source, UseSink sink)
    {
        Dictionary<ImageUse, PlannedChange> changes = new(ReferenceEqualityComparer.Instance);
        foreach (var use in sink.Uses.Where(u => u.Verdict == Verdict.Unpinned))
        {
            if (Pinner.Pin(source, use, Fixed, PinStyle.TagDigest, out var why) is { } change)
            {
                changes.Add(use, change);
            }
            else
            {
                Assert.NotNull(why);
            }
        }

        return (source.Apply(changes.Values.SelectMany(c => c.Edits)), changes);
    }

    private static void Sites(SourceText source, UseSink sink)
    {
        foreach (var use in sink.Uses)
        {
            Assert.InRange(use.Span.Start, 0, source.Bytes.Length);
            Assert.InRange(use.Span.End, use.Span.Start, source.Bytes.Length);
            if (use.Site is PinSite.Text text)
            {
                Assert.InRange(text.Span.Start, 0, source.Bytes.Length);
                Assert.InRange(text.Span.End, text.Span.Start, source.Bytes.Length);
                if (use.Reference is { } reference && use.Format == "dockerfile")
                {
                    Assert.Equal(reference.Original, text.Prefix + source.Slice(text.Span) + text.Suffix);
                }
            }
        }

        Assert.All(sink.Problems, p => Assert.InRange(p.Offset, 0, source.Bytes.Length));
    }

    private static void Outside(SourceText source, SourceText pinned, List<Edit> edits)
    {
        edits.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
        var (at, there) = (0, 0);
        foreach (var edit in edits)
        {
            var length = edit.Span.Start - at;
            Assert.True(source.Span.Slice(at, length).SequenceEqual(pinned.Span.Slice(there, length)));
            at = edit.Span.End;
            there += length + edit.NewText.Length;
        }

        Assert.True(source.Span[at..].SequenceEqual(pinned.Span[there..]));
    }
}
