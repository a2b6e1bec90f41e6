using System.Buffers;

namespace Cleat.Trees.Yaml;

internal ref partial struct PlainYaml
{
    private static readonly SearchValues<byte> FlowStops = SearchValues.Create(",[]{}:#\n\t\"'&*!|>%@`?\\"u8);

    /// <summary>A flow collection of plain and quoted scalars and further collections; comments in it and its rarer forms are left to the library.</summary>
    private bool Flow()
    {
        var isMap = text[at] == '{';
        var close = isMap ? (byte)'}' : (byte)']';
        if (++depth > Deepest)
        {
            return false;
        }

        builder.Open(isMap ? NodeKind.Map : NodeKind.Sequence, shift + at);
        at++;
        if (!FlowNext())
        {
            return false;
        }

        while (text[at] != close)
        {
            if ((isMap && !FlowKey()) || !FlowNode() || !FlowNext())
            {
                return false;
            }

            if (text[at] == ',')
            {
                at++;
                if (!FlowNext() || text[at] == close)
                {
                    return false;
                }
            }
            else if (text[at] != close)
            {
                return false;
            }
        }

        // without its closing bracket: so the library has it
        builder.Close(shift + at);
        at++;
        depth--;
        return true;
    }

    private bool FlowNext() => Next() && !AtEnd;

    private bool FlowKey()
    {
        if (text[at] is (byte)'[' or (byte)'{' || !FlowNode() || AtEnd || text[at] != ':' || !IsBlankAt(at + 1))
        {
            return false;
        }

        at++;
        return FlowNext();
    }

    private bool FlowNode()
    {
        switch (text[at])
        {
            case (byte)'[' or (byte)'{':
                return Flow();
            case (byte)'"' or (byte)'\'':
                return Quoted();
            default:
                var found = text[at..].IndexOfAny(FlowStops);
                var end = at + found;
                if (found <= 0 || text[at] == '.' || (text[at] == '-' && !char.IsAsciiLetterOrDigit((char)text[at + 1])) || text[end] is not ((byte)',' or (byte)']' or (byte)'}' or (byte)':'))
                {
                    return false;
                }

                while (text[end - 1] == ' ')
                {
                    end--;
                }

                Scalar(null, at, end, plain: true);
                at = end;
                return true;
        }
    }
}
