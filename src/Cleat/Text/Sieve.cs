using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Cleat.Text;

/// <summary>Tells which of a few words stand in a text, in one walk through it however many they are.</summary>
/// <remarks>
/// Most files of a tree hold no image, and to find that out is most of the work. The walk looks at 16 places at once: the words lie in eight
/// buckets, and small tables say for each half of a byte which buckets it fits as a word's first, second or third byte (the idea of Hyperscan's
/// "Teddy"). Only where all six tables agree is a word compared. A bucket whose words were all found asks no more.
/// </remarks>
internal sealed class Sieve
{
    /// <summary>The most words of one sieve: one bit each in the answer.</summary>
    public const int MostWords = 64;

    private const int Buckets = 8;
    private const int Looks = 3;

    private readonly byte[][] words;
    private readonly Vector128<byte>[] low = new Vector128<byte>[Looks];
    private readonly Vector128<byte>[] high = new Vector128<byte>[Looks];
    private readonly ulong[] inBucket = new ulong[Buckets];

    /// <param name="words">At most <see cref="MostWords"/>, none of them empty.</param>
    public Sieve(params IReadOnlyList<byte[]> words)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(words.Count, MostWords);
        this.words = [.. words];
        // words that begin alike share a bucket: its tables then fit little else
        var bucketOf = new int[words.Count];
        int[] sorted = [.. Enumerable.Range(0, words.Count).OrderBy(w => Encoding.Latin1.GetString(words[w]), StringComparer.Ordinal)];
        for (var i = 0; i < sorted.Length; i++)
        {
            bucketOf[sorted[i]] = i * Buckets / words.Count;
            inBucket[bucketOf[sorted[i]]] |= 1UL << sorted[i];
        }

        for (var look = 0; look < Looks; look++)
        {
            var (lower, upper) = (new byte[16], new byte[16]);
            for (var w = 0; w < words.Count; w++)
            {
                var bucket = (byte)(1 << bucketOf[w]);
                for (var half = 0; half < 16; half++)
                {
                    // behind a short word's end everything fits
                    var ends = look >= words[w].Length;
                    lower[half] |= ends || (words[w][look] & 15) == half ? bucket : (byte)0;
                    upper[half] |= ends || words[w][look] >> 4 == half ? bucket : (byte)0;
                }
            }

            low[look] = Vector128.Create(lower);
            high[look] = Vector128.Create(upper);
        }
    }

    /// <summary>The answer when all words stand there.</summary>
    public ulong All => words.Length == MostWords ? ulong.MaxValue : (1UL << words.Length) - 1;

    /// <summary>A bit for each word that stands in the text, in the words' order.</summary>
    /// <param name="enough">When one of these is found, no more is looked for.</param>
    public ulong In(ReadOnlySpan<byte> text, ulong enough = 0)
    {
        Search search = new(this, text);
        if (Vector128.IsHardwareAccelerated && text.Length >= Vector128<byte>.Count + Looks - 1)
        {
            Walk(ref search, text, enough);
        }
        else
        {
            search.OneByOne();
        }

        return search.Found;
    }

    private void Walk(ref Search search, ReadOnlySpan<byte> text, ulong enough)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        var nibble = Vector128.Create((byte)15);
        var (low0, low1, low2) = (low[0], low[1], low[2]);
        var (high0, high1, high2) = (high[0], high[1], high[2]);
        var wanted = Vector128.Create(search.Wanted);
        var last = text.Length - Vector128<byte>.Count - (Looks - 1);
        for (var at = 0; ; at = int.Min(at + Vector128<byte>.Count, last))
        {
            var fits = wanted
                & Fits(Vector128.LoadUnsafe(ref start, (nuint)at), low0, high0, nibble)
                & Fits(Vector128.LoadUnsafe(ref start, (nuint)at + 1), low1, high1, nibble)
                & Fits(Vector128.LoadUnsafe(ref start, (nuint)at + 2), low2, high2, nibble);
            if (fits != Vector128<byte>.Zero)
            {
                search.Compare(at, fits);
                if (search.Wanted == 0 || (search.Found & enough) != 0)
                {
                    return;
                }

                wanted = Vector128.Create(search.Wanted);
            }

            if (at == last)
            {
                break;
            }
        }

        // a word of two bytes may stand behind the last look
        search.Compare(text.Length - 2, byte.MaxValue);
        search.Compare(text.Length - 1, byte.MaxValue);

        static Vector128<byte> Fits(Vector128<byte> bytes, Vector128<byte> low, Vector128<byte> high, Vector128<byte> nibble) =>
            Vector128.ShuffleNative(low, bytes & nibble) & Vector128.ShuffleNative(high, (bytes.AsUInt16() >>> 4).AsByte() & nibble);
    }

    /// <summary>What was found so far.</summary>
    private ref struct Search(Sieve sieve, ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> text = text;

        public ulong Found { get; private set; }

        /// <summary>A bit for each bucket with words that were not found yet.</summary>
        public byte Wanted { get; private set; } = byte.MaxValue;

        /// <summary>Without tables: on processors that have no wide shuffles, and in short texts.</summary>
        public void OneByOne()
        {
            for (var word = 0; word < sieve.words.Length; word++)
            {
                Found |= text.IndexOf(sieve.words[word]) >= 0 ? 1UL << word : 0;
            }
        }

        /// <summary>Compares where something fits.</summary>
        public void Compare(int at, Vector128<byte> fits)
        {
            for (var places = ~Vector128.Equals(fits, Vector128<byte>.Zero).ExtractMostSignificantBits() & ushort.MaxValue; places != 0; places &= places - 1)
            {
                var place = BitOperations.TrailingZeroCount(places);
                Compare(at + place, fits[place]);
            }
        }

        /// <summary>Compares the words of some buckets with what stands at a place.</summary>
        public void Compare(int at, byte buckets)
        {
            for (uint left = buckets; left != 0; left &= left - 1)
            {
                var bucket = BitOperations.TrailingZeroCount(left);
                var missing = sieve.inBucket[bucket] & ~Found;
                for (; missing != 0; missing &= missing - 1)
                {
                    var word = BitOperations.TrailingZeroCount(missing);
                    if (text[at..].StartsWith(sieve.words[word]))
                    {
                        Found |= 1UL << word;
                    }
                }

                if ((sieve.inBucket[bucket] & ~Found) == 0)
                {
                    Wanted &= (byte)~(1 << bucket);
                }
            }
        }
    }
}
