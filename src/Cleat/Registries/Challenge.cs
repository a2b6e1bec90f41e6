using System.Text;

namespace Cleat.Registries;

/// <summary>A challenge of a <c>WWW-Authenticate</c> header (RFC 9110, 11.3 and 11.6.1).</summary>
internal sealed record Challenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>Every challenge of a header value: several may stand in one, divided by the same commas as their parameters.</summary>
    public static List<Challenge> Parse(string header)
    {
        List<Challenge> found = [];
        Dictionary<string, string>? parameters = null;
        for (var i = 0; i < header.Length;)
        {
            if (header[i] is ' ' or ',' or '\t')
            {
                i++;
                continue;
            }

            var word = Token(header, ref i);
            if (word.Length == 0)
            {
                i++;
                continue;
            }

            var equals = i;
            while (equals < header.Length && header[equals] == ' ')
            {
                equals++;
            }

            if (equals < header.Length && header[equals] == '=' && parameters is not null)
            {
                i = equals + 1;
                parameters[word] = Value(header, ref i);
            }
            else
            {
                parameters = new(StringComparer.OrdinalIgnoreCase);
                found.Add(new(word, parameters));
            }
        }

        return found;
    }

    private static string Token(string text, ref int i)
    {
        var start = i;
        while (i < text.Length && text[i] is not (' ' or ',' or '=' or '"' or '\t'))
        {
            i++;
        }

        return text[start..i];
    }

    private static string Value(string text, ref int i)
    {
        while (i < text.Length && text[i] == ' ')
        {
            i++;
        }

        if (i >= text.Length || text[i] != '"')
        {
            return Token(text, ref i);
        }

        StringBuilder value = new();
        for (i++; i < text.Length && text[i] != '"'; i++)
        {
            i += text[i] == '\\' && i + 1 < text.Length ? 1 : 0;
            value.Append(text[i]);
        }

        i++;
        return value.ToString();
    }
}
