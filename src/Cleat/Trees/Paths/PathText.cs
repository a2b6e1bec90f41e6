namespace Cleat.Trees.Paths;

/// <summary>Reads the text of a path: see <see cref="PathSet"/> for the language.</summary>
internal ref struct PathText
{
    private readonly string text;
    private readonly List<PathStep> steps = [];
    private readonly List<Guard> guards = [];
    private int at;

    private PathText(string text) => this.text = text;

    /// <summary>The steps of a path and what its values must start with.</summary>
    /// <param name="wrong">What is wrong with the text, for people; null when nothing is.</param>
    public static (IReadOnlyList<PathStep> Steps, string Prefix) Read(string path, out string? wrong)
    {
        var equals = path.IndexOf(" = ", StringComparison.Ordinal);
        PathText reader = new(equals < 0 ? path : path[..equals]);
        wrong = reader.Steps();
        return (reader.steps, equals < 0 ? "" : path[(equals + 3)..]);
    }

    private string? Steps()
    {
        while (at < text.Length)
        {
            var wrong = text[at] switch
            {
                '{' => Guard(),
                '[' => Item(),
                _ => Key(),
            };
            if (wrong is not null)
            {
                return wrong;
            }

            if (at < text.Length && text[at] == '.')
            {
                at++;
                if (at == text.Length)
                {
                    return "it ends with a dot";
                }
            }
        }

        return steps.Count == 0 ? "it names no key"
            : guards.Count > 0 ? "a guard must stand before the key that is looked up in the guarded map"
            : steps[^1].Kind == StepKind.AnyDepth ? "it ends with '**': name the key that holds the image" : null;
    }

    private string? Item()
    {
        if (at + 1 >= text.Length || text[at + 1] != ']')
        {
            return "'[' must be followed by ']': '[]' is every item of a list";
        }

        at += 2;
        Add(StepKind.Item, "", null);
        return null;
    }

    private string? Key()
    {
        if (text[at] == '\'')
        {
            var close = text.IndexOf('\'', at + 1);
            if (close < 0)
            {
                return "a quote is not closed";
            }

            Add(StepKind.Key, text[(at + 1)..close], null);
            at = close + 1;
            return null;
        }

        var end = at;
        while (end < text.Length && text[end] is not ('.' or '[' or '{'))
        {
            end++;
        }

        var key = text[at..end];
        at = end;
        if (key.Length == 0)
        {
            return "a key is empty: two dots in a row?";
        }

        if (key is "*" or "**")
        {
            Add(key == "*" ? StepKind.AnyKey : StepKind.AnyDepth, "", null);
            return null;
        }

        var star = key.IndexOf('*', StringComparison.Ordinal);
        if (star >= 0 && key.IndexOf('*', star + 1) >= 0)
        {
            return $"'{key}' has more than one star";
        }

        Add(StepKind.Key, star < 0 ? key : key[..star], star < 0 ? null : key[(star + 1)..]);
        return null;
    }

    private string? Guard()
    {
        var close = text.IndexOf('}', at);
        var inner = close < 0 ? "" : text[(at + 1)..close];
        var equals = inner.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            return "a guard is written {key=value}, {key=a|b} or {key!=value}";
        }

        var negated = inner[equals - 1] == '!';
        guards.Add(new(inner[..(negated ? equals - 1 : equals)], inner[(equals + 1)..].Split('|'), negated));
        at = close + 1;
        return null;
    }

    private readonly void Add(StepKind kind, string key, string? keyEnd)
    {
        steps.Add(new(kind, key, keyEnd, [.. guards]));
        guards.Clear();
    }
}
