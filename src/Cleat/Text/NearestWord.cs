namespace Cleat.Text;

/// <summary>Finds the word that was probably meant (edit distance; two letters that changed places are one slip).</summary>
public static class NearestWord
{
    /// <summary>The known word that takes the fewest changes, when they are few for its length; else null.</summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        var (best, fewest) = ((string?)null, int.MaxValue);
        foreach (var candidate in known)
        {
            var distance = Distance(word, candidate);
            if (distance < fewest && distance <= Math.Max(2, candidate.Length / 3))
            {
                (best, fewest) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>The end of a message about a word that is not known: the one that was probably meant, or all there are.</summary>
    public static string Hint(string word, IEnumerable<string> known)
    {
        var words = known.ToList();
        return Of(word, words) is { } near ? $"; did you mean '{near}'?" : $"; known: {string.Join(", ", words)}";
    }

    private static int Distance(string one, string other)
    {
        var rows = new int[one.Length + 1][];
        for (var i = 0; i <= one.Length; i++)
        {
            rows[i] = new int[other.Length + 1];
            rows[i][0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                rows[i][j] = i == 0 ? j : Math.Min(
                    Math.Min(rows[i - 1][j], rows[i][j - 1]) + 1,
                    rows[i - 1][j - 1] + (Same(one[i - 1], other[j - 1]) ? 0 : 1));
                if (i > 1 && j > 1 && Same(one[i - 1], other[j - 2]) && Same(one[i - 2], other[j - 1]))
                {
                    rows[i][j] = Math.Min(rows[i][j], rows[i - 2][j - 2] + 1);
                }
            }
        }

        return rows[one.Length][other.Length];
    }

    private static bool Same(char one, char other) => char.ToLowerInvariant(one) == char.ToLowerInvariant(other);
}
