namespace Cleat.Formats.Dockerfile;

/// <summary>The build stages of a Dockerfile. Their names are compared without case (BuildKit lower-cases them).</summary>
internal sealed class Stages
{
    // a bound on the comparisons with patterns, so that a hostile file stays linear; real files have a few dozen stages
    private const int MostCompared = 1000;

    private readonly Dictionary<string, int> byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> names = [];

    public int Count => names.Count;

    public void Add(string name)
    {
        if (name.Length > 0)
        {
            byName.TryAdd(name, names.Count);
        }

        names.Add(name);
    }

    /// <summary>What a mention names when it is no image: <c>stage 'build'</c>; null when it is one.</summary>
    public string? Local(Mention mention)
    {
        if (mention.Place == MentionPlace.Syntax)
        {
            return null;
        }

        var text = mention.Value.Text;
        if (text == "scratch")
        {
            return "scratch: nothing to start from";
        }

        // FROM sees earlier stages only; --from cannot mean a later one either, but a stage of that name is certainly meant
        var visible = mention.Place == MentionPlace.From ? mention.StagesBefore : names.Count;
        if (byName.TryGetValue(text, out var index) && index < visible)
        {
            return $"stage '{text}'";
        }

        if (mention.Place == MentionPlace.Source && text.Length is > 0 and < 10 && text.All(char.IsAsciiDigit))
        {
            return $"stage {text}";
        }

        return mention.Value.HasExpression ? ByPattern(mention, visible) : null;
    }

    // `FROM base-${VARIANT}` selects a stage when one of them fits, whatever the default is
    private string? ByPattern(Mention mention, int visible)
    {
        var known = mention.Value.Unknown is null;
        List<string> literals = [""];
        foreach (var cell in mention.Value.Cells)
        {
            if (cell.Byte is (byte)':' or (byte)'/' or (byte)'@' && (known || !cell.Expanded))
            {
                return null;
            }

            if (cell.Expanded && literals[^1].Length > 0)
            {
                literals.Add("");
            }
            else if (!cell.Expanded)
            {
                literals[^1] += (char)cell.Byte;
            }

            if (literals.Count > 16 || literals[^1].Length > 128)
            {
                return null;
            }
        }

        if (literals.TrueForAll(l => l.Length == 0))
        {
            return null;
        }

        var openStart = mention.Value.Cells[0].Expanded;
        var openEnd = mention.Value.Cells[^1].Expanded;
        for (var i = 0; i < Math.Min(visible, MostCompared); i++)
        {
            if (names[i].Length is > 0 and <= 256 && Fits(names[i], literals, openStart, openEnd))
            {
                return $"a stage: '{names[i]}' fits '{mention.Written}'";
            }
        }

        return null;
    }

    private static bool Fits(string name, List<string> literals, bool openStart, bool openEnd)
    {
        if (!openStart && !name.StartsWith(literals[0], StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var last = literals[^1];
        if (!openEnd && !name.EndsWith(last, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var at = 0;
        foreach (var literal in literals)
        {
            var found = name.IndexOf(literal, at, StringComparison.OrdinalIgnoreCase);
            if (found < 0)
            {
                return false;
            }

            at = found + literal.Length;
        }

        return true;
    }
}
