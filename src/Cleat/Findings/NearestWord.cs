namespace Cleat.Findings;

/// <summary>Finds the word that was probably meant (edit distance, Levenshtein).</summary>
internal static class NearestWord
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
        var row = new int[other.Length + 1];
        for (var j = 0; j <= other.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (char.ToLowerInvariant(one[i - 1]) == char.ToLowerInvariant(other[j - 1]) ? 0 : 1));
                diagonal = above;
            }
        }

        return row[other.Length];
    }
}
