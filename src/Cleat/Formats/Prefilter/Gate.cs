using Cleat.Text;
using Cleat.Trees.Yaml;

namespace Cleat.Formats.Prefilter;

/// <summary>Words one of which stands in every text with a reference of a format; without any words it stands open.</summary>
internal sealed class Gate
{
    private readonly ulong bits;
    private readonly Sieve? own;

    /// <summary>A gate of its own. With more words than a sieve has room for it stands open.</summary>
    public Gate(IReadOnlyList<byte[]> words)
        : this(words.Count + Escapes.Length > Sieve.MostWords ? [] : words, [.. Escapes, .. words]) => own = bits == ulong.MaxValue ? null : new([.. Escapes, .. words]);

    /// <summary>One of several that share a sieve.</summary>
    public Gate(IReadOnlyList<byte[]> words, List<byte[]> all) =>
        bits = words.Count == 0 ? ulong.MaxValue : words.Aggregate(0UL, (sum, word) => sum | (1UL << all.IndexOf(word)));

    /// <summary>A key may be written with escapes, and then no word needs to stand there. They come first in every sieve.</summary>
    public static byte[][] Escapes { get; } = [[(byte)'\\', (byte)'x'], [(byte)'\\', (byte)'u'], [(byte)'\\', (byte)'U']];

    /// <summary>What stands in a text, for <see cref="Opens(ulong)"/>.</summary>
    /// <param name="enough">Words that say enough when one stands there: of a gate's own words each.</param>
    public static ulong Found(Sieve sieve, ReadOnlySpan<byte> text, ulong enough)
    {
        if (SourceText.WideOf(text) is not null)
        {
            // not read, which is said where it matters
            return ulong.MaxValue;
        }

        var escapes = (1UL << Escapes.Length) - 1;
        var found = sieve.In(text, enough);
        return (found & escapes) != 0 && YamlDocuments.HasEscapedKey(text) ? ulong.MaxValue : found & ~escapes;
    }

    /// <summary>A bit for each of its words.</summary>
    public ulong Bits => bits;

    public bool Opens(ulong found) => bits == ulong.MaxValue || (bits & found) != 0;

    public bool Opens(ReadOnlySpan<byte> text) => bits == ulong.MaxValue || Opens(Found(own!, text, bits));
}
