namespace Cleat.Running.Kubernetes;

/// <summary>
/// A label selector as kubectl takes it (kubernetes.io, "Labels and Selectors"): <c>a=b</c>, <c>a!=b</c>, <c>a in (b,c)</c>, <c>a notin (b,c)</c>, <c>a</c>, <c>!a</c>,
/// with commas between.
/// </summary>
internal sealed class LabelSelector
{
    private readonly List<(string Key, bool Wanted, string[]? Values)> requirements = [];

    private LabelSelector()
    {
    }

    /// <summary>Reads a selector; null when it is not well written.</summary>
    public static LabelSelector? Read(string text)
    {
        LabelSelector selector = new();
        foreach (var part in Parts(text))
        {
            if (!selector.Add(part.Trim()))
            {
                return null;
            }
        }

        return selector.requirements.Count > 0 ? selector : null;
    }

    public bool Matches(IReadOnlyDictionary<string, string> labels) => requirements.TrueForAll(r =>
        labels.TryGetValue(r.Key, out var value) ? (r.Values is null || r.Values.Contains(value)) == r.Wanted : !r.Wanted);

    // commas in parentheses belong to a list of values
    private static IEnumerable<string> Parts(string text)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : ',';
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && (depth == 0 || i == text.Length))
            {
                yield return text[start..i];
                start = i + 1;
            }
        }
    }

    private bool Add(string part)
    {
        var open = part.IndexOf('(', StringComparison.Ordinal);
        if (open >= 0)
        {
            var words = part[..open].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is not [var key, "in" or "notin"] || part[^1] != ')' || !IsKey(key))
            {
                return false;
            }

            requirements.Add((key, words[1] == "in", part[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries)));
            return true;
        }

        var equals = part.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            var (wanted, key) = part.StartsWith('!') ? (false, part[1..].Trim()) : (true, part);
            requirements.Add((key, wanted, null));
            return IsKey(key);
        }

        var not = equals > 0 && part[equals - 1] == '!';
        var name = part[..(not ? equals - 1 : equals)].Trim();
        requirements.Add((name, !not, [part[(equals + 1)..].TrimStart('=').Trim()]));
        return IsKey(name);
    }

    private static bool IsKey(string key) => key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/');
}
