using System.Text;
using Cleat.Text;
using CsCheck;

namespace Cleat.Tests.Text;

public sealed class SourceTextTests
{
    [Fact]
    public void No_edits_give_the_same_bytes()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. "a: \xff\r\nb\r"u8];
        Assert.Equal(bytes, new SourceText("a.yml", bytes).Apply([]).Bytes.ToArray());
    }

    [Fact]
    public void Edits_come_in_any_order_and_may_touch() =>
        Assert.Equal("0AB3+C!", Edited("012345", new(new(4, 2), "C"), new(new(4, 0), "+"), new(new(1, 1), "A"), new(new(2, 1), "B"), new(new(6, 0), "!")));

    [Fact]
    public void An_insertion_stands_before_or_behind_what_is_replaced() =>
        Assert.Equal("0<X>3", Edited("0123", new(new(1, 2), "X"), new(new(3, 0), ">"), new(new(1, 0), "<")));

    [Theory]
    [InlineData(1, 3, 2, 1)]
    [InlineData(1, 3, 3, 3)]
    [InlineData(1, 3, 1, 3)]
    [InlineData(1, 3, 2, 0)]
    [InlineData(2, 0, 2, 0)]
    public void Overlaps_and_two_insertions_at_one_place_are_bugs(int start, int length, int otherStart, int otherLength)
    {
        Assert.Throws<ArgumentException>(() => Edited("012345", new(new(start, length), "x"), new(new(otherStart, otherLength), "y")));
        Assert.Throws<ArgumentException>(() => Edited("012345", new(new(otherStart, otherLength), "y"), new(new(start, length), "x")));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(2, -1)]
    [InlineData(5, 2)]
    [InlineData(7, 0)]
    [InlineData(5, int.MaxValue)]
    public void An_edit_outside_the_file_is_a_bug(int start, int length) =>
        Assert.Throws<ArgumentException>(() => Edited("012345", new Edit(new(start, length), "x")));

    [Fact]
    public void The_byte_order_mark_stays_first()
    {
        Assert.Equal("\uFEFFx: 1", Edited("\uFEFFa: 1", new Edit(new(3, 1), "x")));
        Assert.Equal("\uFEFF#a", Edited("\uFEFFa", new Edit(new(3, 0), "#")));
        Assert.Throws<ArgumentException>(() => Edited("\uFEFFa", new Edit(new(0, 0), "x")));
        Assert.Throws<ArgumentException>(() => Edited("\uFEFFa", new Edit(new(0, 3), "")));
    }

    [Fact]
    public void Knows_byte_order_marks()
    {
        Assert.Equal(3, new SourceText("a", "\uFEFFa"u8.ToArray()).BomLength);
        Assert.Equal(0, new SourceText("a", "a"u8.ToArray()).BomLength);
        Assert.Equal(0, new SourceText("a", new byte[] { 0xEF, 0xBB }).BomLength);
        Assert.All(new Encoding[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, new UTF32Encoding(true, true) }, e => Assert.True(new SourceText("a", e.GetPreamble()).IsWide));
        Assert.False(new SourceText("a", "\uFEFFa"u8.ToArray()).IsWide);
        Assert.False(new SourceText("a", Array.Empty<byte>()).IsWide);
    }

    [Fact]
    public void A_slice_is_counted_in_bytes()
    {
        SourceText source = new("a", "é: nginx"u8.ToArray());
        Assert.Equal("nginx", source.Slice(new(4, 5)));
        Assert.Equal("", source.Slice(new(9, 0)));
        Assert.Equal("\uFFFD", source.Slice(new(1, 1)));
    }

    [Fact]
    public void Every_byte_outside_the_edits_stays_the_same() =>
        Gen.Select(Gen.Byte.Array[0, 60], Gen.Int[0, 60].Array[0, 12], Gen.OneOf("", "x", "é", "@sha256:0").Array[6]).Try(
            sample =>
            {
                var (bytes, cuts, texts) = sample;
                // pairs of distinct places, in order, are spans that do not overlap
                var places = cuts.Select(c => int.Min(c, bytes.Length)).Distinct().Order().ToArray();
                var edits = places.Chunk(2).Where(p => p.Length == 2).Select((p, i) => new Edit(TextSpan.FromBounds(p[0], p[1]), texts[i])).ToArray();
                SourceText source = new("a", bytes);
                if (edits.Any(e => e.Span.Start < source.BomLength))
                {
                    return true;
                }

                var after = source.Apply(edits.Reverse()).Bytes.Span;
                var (from, to) = (0, 0);
                foreach (var (span, text) in edits)
                {
                    var kept = span.Start - from;
                    var written = Encoding.UTF8.GetBytes(text);
                    if (!after.Slice(to, kept).SequenceEqual(bytes.AsSpan(from, kept)) || !after.Slice(to + kept, written.Length).SequenceEqual(written))
                    {
                        return false;
                    }

                    (from, to) = (span.End, to + kept + written.Length);
                }

                return after[to..].SequenceEqual(bytes.AsSpan(from)) && source.Span.SequenceEqual(bytes);
            },
            iter: 20_000);

    private static string Edited(string text, params Edit[] edits) =>
        Encoding.UTF8.GetString(new SourceText("a", Encoding.UTF8.GetBytes(text)).Apply(edits).Span);
}
