namespace Cleat.Trees.Yaml;

/// <summary>
/// Reads the YAML that nearly all files are written in: block maps and lists, scalars, simple flow collections, comments. It gives up at
/// anything else (anchors, tags, tabs, explicit keys, directives, errors), and <see cref="YamlTrees"/> has the YAML library read that part.
/// </summary>
/// <remarks>
/// The library looks at each character through several calls, and a check of a large tree spends most of its time there. This reader knows
/// no rule that the library does not have: what it accepts gives the same tree, byte for byte, which tests hold over all cases and random text.
/// </remarks>
internal ref partial struct PlainYaml
{
    // far less than the library takes, so that what is too deep is said in one place
    private const int Deepest = 200;

    private readonly ReadOnlySpan<byte> text;
    private readonly int shift;
    private readonly TreeBuilder builder;
    private int at;
    private int line;
    private int depth;

    private PlainYaml(ReadOnlySpan<byte> text, int shift, TreeBuilder builder)
    {
        this.text = text;
        this.shift = shift;
        this.builder = builder;
    }

    /// <summary>Hands the document's nodes to the builder; none when there is nothing but comments.</summary>
    /// <param name="text">At most one document, from <see cref="YamlDocuments.Split"/>.</param>
    /// <param name="shift">Where it starts in the file.</param>
    /// <returns>False when this is no plain YAML: what was built is of no use.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, int shift, TreeBuilder builder)
    {
        if (text.IndexOfAny(NeverPlain) >= 0)
        {
            return false;
        }

        PlainYaml reader = new(text, shift, builder);
        var isMarked = text.StartsWith("---"u8);
        reader.at = isMarked ? 3 : 0;
        if (!reader.Next() || (isMarked && reader.line == 0) || reader.text[reader.line..].StartsWith("..."u8))
        {
            return false;
        }

        return reader.AtEnd ? !isMarked : reader.Collection() && reader.AtEnd;
    }

    private readonly bool AtEnd => at == text.Length;

    private readonly int Column => at - line;

    // `- `: an entry of a list
    private readonly bool IsEntry => text[at] == '-' && IsBlankAt(at + 1);

    private readonly bool IsBlankAt(int i) => i >= text.Length || text[i] is (byte)' ' or (byte)'\n';

    /// <summary>Goes to the next token.</summary>
    private bool Next()
    {
        while (at < text.Length)
        {
            switch (text[at])
            {
                case (byte)' ':
                    for (at++; at < text.Length && text[at] == ' '; at++)
                    {
                    }

                    break;
                case (byte)'\n':
                    line = ++at;
                    break;
                case (byte)'#' when at == line || text[at - 1] == ' ':
                    var end = text[at..].IndexOf((byte)'\n');
                    at = end < 0 ? text.Length : at + end;
                    break;
                case (byte)'\t' or (byte)'#':
                    return false;
                default:
                    return true;
            }
        }

        return true;
    }

    private bool Collection() => IsEntry ? Sequence() : Map();

    private bool Map()
    {
        var column = Column;
        if (++depth > Deepest)
        {
            return false;
        }

        builder.Open(NodeKind.Map, shift + at);
        do
        {
            if (IsEntry || !Key() || !Value(column))
            {
                return false;
            }
        }
        while (!AtEnd && Column == column);
        return Close(column);
    }

    private bool Sequence()
    {
        var column = Column;
        if (++depth > Deepest)
        {
            return false;
        }

        builder.Open(NodeKind.Sequence, shift + at);
        do
        {
            if (!Entry(column))
            {
                return false;
            }
        }
        while (!AtEnd && Column == column && IsEntry);
        return Close(column);
    }

    // what follows a block stands further to the left; only a key may follow the list that stands in its own column
    private bool Close(int column)
    {
        depth--;
        builder.Close(shift + at);
        return AtEnd || Column <= column;
    }

    /// <summary>From the dash of an entry to the token after it.</summary>
    private bool Entry(int column)
    {
        var here = line;
        var end = ++at;
        if (!Next())
        {
            return false;
        }

        if (AtEnd || (line != here && Column <= column))
        {
            return Empty(end);
        }

        return IsEntry || IsKey() ? Collection() : line == here ? Node(column) : OnOwnLine(column);
    }

    /// <summary>From after the colon of a key to the token after its value.</summary>
    private bool Value(int column)
    {
        var here = line;
        var end = at;
        if (!Next())
        {
            return false;
        }

        if (!AtEnd && line == here)
        {
            return !IsEntry && Node(column);
        }

        // a list may stand in the column of its key
        if (!AtEnd && Column == column && IsEntry)
        {
            return Sequence();
        }

        if (AtEnd || Column <= column)
        {
            return Empty(end);
        }

        return IsEntry || IsKey() ? Collection() : OnOwnLine(column);
    }

    private readonly bool Empty(int end)
    {
        builder.Scalar("", new(shift + end, 0), plain: true);
        return true;
    }

    private bool OnOwnLine(int column) => text[at] is not ((byte)'|' or (byte)'>') && Node(column);

    /// <summary>A scalar or a flow collection, to the token after it.</summary>
    /// <param name="column">Of the key or dash that it belongs to.</param>
    private bool Node(int column)
    {
        var first = text[at];
        var isRead = first switch
        {
            (byte)'"' or (byte)'\'' => Quoted() || QuotedLines(),
            (byte)'|' or (byte)'>' => Block(column),
            (byte)'[' or (byte)'{' => Flow(),
            _ => Plain(column),
        };
        if (!isRead)
        {
            return false;
        }

        var end = line;
        return Next() && (AtEnd || line != end || first is (byte)'|' or (byte)'>') && (AtEnd || Column <= column);
    }
}
