namespace Cleat.Registries.SignIn;

/// <summary>One challenge of a <c>WWW-Authenticate</c> header (RFC 9110, section 11.6.1).</summary>
/// <param name="Scheme">Lower case.</param>
/// <param name="Parameters">By lower-case name; of doubled names the first.</param>
internal sealed record Challenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    internal string? this[string name] => Parameters.GetValueOrDefault(name);

    /// <summary>Every challenge in every value of the header. What cannot be read ends its value; what was read before it stays.</summary>
    internal static IReadOnlyList<Challenge> ParseAll(IEnumerable<string> values)
    {
        var found = new List<Challenge>();
        foreach (var value in values)
        {
            new Reader(value, found).Read();
        }

        return found;
    }

    private sealed class Reader(string text, List<Challenge> found)
    {
        private Dictionary<string, string>? parameters;
        private int at;

        internal void Read()
        {
            while (true)
            {
                Skip(" \t,");
                var name = Token();
                if (name.Length == 0)
                {
                    return;
                }

                var spaced = Skip(" \t");
                if (at < text.Length && text[at] == '=' && parameters is not null && !IsToken68End())
                {
                    at++;
                    Skip(" \t");
                    if (Value() is not { } value)
                    {
                        return;
                    }

                    parameters.TryAdd(name.ToLowerInvariant(), value);
                    continue;
                }

                if (at < text.Length && text[at] != ',' && !spaced)
                {
                    return;
                }

                parameters = new(StringComparer.Ordinal);
                found.Add(new(name.ToLowerInvariant(), parameters));
                SkipToken68();
            }
        }

        // `Negotiate abc==, Basic …`: the token68 form carries no parameters
        private void SkipToken68()
        {
            var start = at;
            var end = at;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || "-._~+/".Contains(text[end], StringComparison.Ordinal)))
            {
                end++;
            }

            var name = end;
            while (end < text.Length && text[end] == '=')
            {
                end++;
            }

            var rest = end;
            while (rest < text.Length && text[rest] is ' ' or '\t')
            {
                rest++;
            }

            // a list's next element or the end must follow, else it was a parameter's name
            at = end > start && end > name && (rest == text.Length || text[rest] == ',') ? end : start;
        }

        private bool IsToken68End() => at + 1 < text.Length && text[at + 1] == '=';

        private string Token()
        {
            var start = at;
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || "!#$%&'*+-.^_`|~".Contains(text[at], StringComparison.Ordinal)))
            {
                at++;
            }

            return text[start..at];
        }

        private string? Value()
        {
            if (at >= text.Length || text[at] != '"')
            {
                // some registries leave the quotes away although a URL is no token: read up to the comma
                var start = at;
                while (at < text.Length && text[at] is not (',' or ' ' or '\t' or '"'))
                {
                    at++;
                }

                return text[start..at];
            }

            var value = new System.Text.StringBuilder();
            for (at++; at < text.Length; at++)
            {
                if (text[at] == '"')
                {
                    at++;
                    return value.ToString();
                }

                if (text[at] == '\\' && ++at == text.Length)
                {
                    break;
                }

                value.Append(text[at]);
            }

            return null;
        }

        private bool Skip(string characters)
        {
            var start = at;
            while (at < text.Length && characters.Contains(text[at], StringComparison.Ordinal))
            {
                at++;
            }

            return at > start;
        }
    }
}
