namespace Cleat.Formats.Helm;

/// <summary>The lines around the actions of a template, which are asked for in their order; however many stand on one line, its bytes are looked at once.</summary>
internal ref struct TemplateLines(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> text = text;
    private int start;
    private int end;

    // where the line that is at Start holds the first byte that is no action's and no white space, and where the one that ends at Stop holds the last
    private int firstOther = -1;
    private int lastOther = -1;

    // the content below the lines that end here and further on
    private (int From, int At, int Length) content = (-1, -1, 0);

    /// <summary>Where the line begins that the action begins on.</summary>
    public int Start { get; private set; }

    /// <summary>Where the line ends, before its line break, that the action ends on.</summary>
    public int Stop { get; private set; } = -1;

    /// <summary>True when nothing but actions and white space stands on the lines of the action.</summary>
    public readonly bool IsAlone => firstOther >= start && lastOther < end;

    /// <summary>Goes on to the next action.</summary>
    public void MoveTo(int actionStart, int actionEnd)
    {
        var line = text[start..actionStart].LastIndexOf((byte)'\n') is var found and >= 0 ? start + found + 1 : Start;
        if (firstOther < 0 || line != Start)
        {
            (Start, firstOther) = (line, FirstOther(line));
        }

        (start, end) = (actionStart, actionEnd);
        if (actionEnd > Stop)
        {
            Stop = text[actionEnd..].IndexOf((byte)'\n') is var stop and >= 0 ? actionEnd + stop : text.Length;
            lastOther = LastOther(actionEnd);
        }
    }

    /// <summary>The first line below that has content: no comment, and nothing that begins with an action. Empty when there is none.</summary>
    public ReadOnlySpan<byte> Content()
    {
        if (content.From < 0 || Stop < content.From || Stop >= content.At)
        {
            content = (Stop, text.Length, 0);
            for (var at = Stop + 1; at < text.Length;)
            {
                var length = text[at..].IndexOf((byte)'\n') is var n && n < 0 ? text.Length - at : n;
                var trimmed = text.Slice(at, length).Trim(" \t\r"u8);
                if (!trimmed.IsEmpty && trimmed[0] != '#' && !trimmed.StartsWith("{{"u8))
                {
                    content = (Stop, at, length);
                    break;
                }

                at += length + 1;
            }
        }

        return text.Slice(content.At, content.Length);
    }

    private readonly int FirstOther(int line)
    {
        var at = line;
        while (at < text.Length && text[at] != '\n' && Skip(at) is var next && next > at)
        {
            at = next;
        }

        return at;
    }

    private readonly int LastOther(int from)
    {
        var last = -1;
        for (var at = from; at < Stop;)
        {
            var next = Skip(at);
            (last, at) = next > at ? (last, next) : (at, at + 1);
        }

        return last;
    }

    // behind an action or white space; the same place before anything else
    private readonly int Skip(int at) =>
        text[at..].StartsWith("{{"u8) ? TemplateMask.End(text, at)
        : text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' || (at < 3 && text[at] >= 0x80) ? at + 1 : at;
}
