using Cleat.Text;

namespace Cleat.Findings;

/// <summary>
/// The ignores of one rule by the bytes they hold for: which is the first of them that covers a place, and which cover any of the places asked for. A file may
/// hold thousands of either, and each ignore may cover all of it.
/// </summary>
internal sealed class ScopeIndex
{
    private readonly List<Suppression> all;

    // the text cut where a scope starts or ends, and for each piece the first ignore that covers it, or none (all.Count)
    private readonly int[] cuts;
    private readonly int[] firsts;

    /// <param name="all">In the order in which they count.</param>
    public ScopeIndex(List<Suppression> all)
    {
        this.all = all;
        cuts = [.. all.SelectMany(s => (int[])[s.Scope.Start, s.Scope.End]).Distinct().Order()];
        firsts = new int[cuts.Length];
        Array.Fill(firsts, all.Count);

        // from each piece the way to the next that is not covered yet
        var next = Enumerable.Range(0, cuts.Length + 1).ToArray();
        for (var i = 0; i < all.Count; i++)
        {
            var end = Array.BinarySearch(cuts, all[i].Scope.End);
            for (var piece = Open(next, Array.BinarySearch(cuts, all[i].Scope.Start)); piece < end; piece = Open(next, piece))
            {
                firsts[piece] = i;
                next[piece] = piece + 1;
            }
        }
    }

    /// <summary>The places that one was found for.</summary>
    public List<TextSpan> Asked { get; } = [];

    /// <summary>The first ignore that covers some of the place, or null.</summary>
    public Suppression? First(TextSpan place)
    {
        var found = Array.BinarySearch(cuts, place.Start);
        var first = all.Count;
        for (var piece = found >= 0 ? found : int.Max(0, ~found - 1); piece < cuts.Length && cuts[piece] < int.Max(place.End, place.Start + 1); piece++)
        {
            first = int.Min(first, firsts[piece]);
        }

        return first < all.Count ? all[first] : null;
    }

    /// <summary>Those that cover some of the places <see cref="Asked"/> for.</summary>
    public IEnumerable<Suppression> Used()
    {
        var places = Asked.OrderBy(p => p.Start).ToArray();
        var starts = Array.ConvertAll(places, p => p.Start);
        var ends = new int[places.Length];
        var widest = 0;
        for (var i = 0; i < places.Length; i++)
        {
            // how far what starts up to here reaches
            ends[i] = widest = int.Max(widest, int.Max(places[i].End, places[i].Start + 1));
        }

        return all.Where(s => Before(starts, s.Scope.End) is > 0 and var count && ends[count - 1] > s.Scope.Start);
    }

    // how many of them are smaller
    private static int Before(int[] sorted, int value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static int Open(int[] next, int piece)
    {
        while (next[piece] != piece)
        {
            next[piece] = next[next[piece]];
            piece = next[piece];
        }

        return piece;
    }
}
