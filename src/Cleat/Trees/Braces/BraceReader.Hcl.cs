using System.Text;
using Cleat.Text;

namespace Cleat.Trees.Braces;

/// <summary>The structure of HCL: bodies, blocks, lists and objects. What is none of these is skipped over as a piece of text.</summary>
internal ref partial struct BraceReader
{
    public void Hcl()
    {
        loops = [];
        builder.Open(NodeKind.Map, at);
        Body(inBlock: false, isDynamic: false);
        builder.Close(at);
    }

    // up to the closing brace, or to the end of the file
    private void Body(bool inBlock, bool isDynamic)
    {
        while (true)
        {
            SkipSpace(lines: true);
            if (at >= text.Length)
            {
                if (inBlock)
                {
                    Fail(text.Length, "a block is not closed");
                }

                return;
            }

            if (text[at] == '}' && inBlock)
            {
                return;
            }

            var name = Identifier();
            if (name.Length == 0)
            {
                Fail(at, $"'{Here()}' stands where a name should");
                return;
            }

            SkipSpace(lines: false);
            if (at < text.Length && text[at] == '=')
            {
                at++;
                Key(name);
                Expression(lineEnds: true);
                SkipSpace(lines: false);
                if (at < text.Length && text[at] is not ((byte)'\n' or (byte)'}'))
                {
                    Fail(at, $"'{Here()}' stands behind the value");
                }
            }
            else if (isDynamic && Slice(name) == "content")
            {
                Block(opens: false, isDynamic: false);
            }
            else if (Slice(name) == "dynamic")
            {
                Block(opens: true, isDynamic: true);
            }
            else
            {
                Key(name);
                Block(opens: true, isDynamic: false);
            }
        }
    }

    // labels and body; each label is a key with a map of its own
    private void Block(bool opens, bool isDynamic)
    {
        var labels = 0;
        var isKey = isDynamic;
        while (SkipSpace(lines: false) && (text[at] == '"' || IsWord(text[at])))
        {
            if (!opens)
            {
                Fail(at, "the content of a dynamic block has no label");
                return;
            }

            if (!isKey)
            {
                builder.Open(NodeKind.Map, at);
                labels++;
            }

            isKey = false;
            if (text[at] == '"')
            {
                String();
            }
            else
            {
                Key(Identifier());
            }
        }

        if (at >= text.Length || text[at] != '{')
        {
            Fail(at, "a block's '{' is missing");
        }
        else if (isKey)
        {
            Fail(at, "a dynamic block has no label");
        }

        if (Problem is null && Enter())
        {
            if (opens)
            {
                builder.Open(NodeKind.Map, at);
            }

            at++;
            Body(inBlock: true, isDynamic);
            at = int.Min(at + 1, text.Length);
            if (opens)
            {
                builder.Close(at);
            }

            depth--;
        }
        else if (opens && !isKey)
        {
            builder.Scalar("", new(at, 0), plain: true);
        }

        while (labels-- > 0)
        {
            builder.Close(at);
        }
    }

    // exactly one node
    private void Expression(bool lineEnds, bool inFor = false)
    {
        SkipSpace(lines: !lineEnds);
        var start = at;
        var first = at < text.Length ? text[at] : (byte)0;
        if (first == quote || IsHeredoc())
        {
            SkipToken();
            var isWhole = Problem is null && IsEnd(lineEnds, inFor) && Problem is null;
            at = Problem is null ? start : at;
            if (isWhole && first == quote)
            {
                String();
                return;
            }

            if (isWhole)
            {
                Heredoc();
                return;
            }
        }
        else if (first is (byte)'[' or (byte)'{')
        {
            var node = builder.Count;
            Collection(first == '[' ? NodeKind.Sequence : NodeKind.Map, start);
            Selected(node, start, lineEnds, inFor);
            return;
        }
        else if (Call() is { } function)
        {
            var node = builder.Count;
            Transparent(function, start);
            Selected(node, start, lineEnds, inFor);
            return;
        }

        if (!Branches(null, start, lineEnds, inFor))
        {
            Raw(start, lineEnds, inFor);
        }
    }

    // the rest of an expression that begins with a list, an object or a call that is read through: with what is selected from it, it is one like any other
    private void Selected(int node, int start, bool lineEnds, bool inFor)
    {
        var isSelected = IsSelection();
        var end = SkipExpression(lineEnds, inFor);
        if (isSelected && Problem is null)
        {
            builder.Flatten(node, "${" + Slice(TextSpan.FromBounds(start, end)) + "}", TextSpan.FromBounds(start, end), HclTrees.Expression);
        }
    }

    private readonly bool IsSelection() => at < text.Length && (text[at] == '[' || (text[at] == '.' && !text[at..].StartsWith("..."u8)));

    private void Raw(int start, bool lineEnds, bool inFor)
    {
        var end = SkipExpression(lineEnds, inFor);
        if (end == start)
        {
            Fail(start, "a value is missing");
        }

        end = Problem is null ? end : start;
        var written = Slice(TextSpan.FromBounds(start, end));
        var isLiteral = written is "" or "true" or "false" or "null" || char.IsAsciiDigit(written[0]);
        builder.Scalar(isLiteral ? written : "${" + written + "}", TextSpan.FromBounds(start, end), plain: true, tag: isLiteral ? null : HclTrees.Expression);
    }

    private void Collection(NodeKind kind, int start)
    {
        if (!Enter())
        {
            builder.Scalar("", new(start, 0), plain: true);
            return;
        }

        builder.Open(kind, start);
        Items(kind, (byte)(kind == NodeKind.Sequence ? ']' : '}'));
        builder.Close(at);
        depth--;
    }

    // from the opening bracket to behind the closing one
    private void Items(NodeKind kind, byte close)
    {
        at++;
        var loop = For();
        var isFor = loop is not null;
        while (Problem is null)
        {
            SkipSpace(lines: true);
            if (at >= text.Length)
            {
                Fail(at, "a bracket is not closed");
            }
            else if (text[at] == close)
            {
                at++;
                CloseLoop(loop);
                return;
            }
            else if (kind == NodeKind.Map)
            {
                Entry(isFor);
            }
            else
            {
                Expression(lineEnds: false, isFor);
            }

            if (isFor)
            {
                // if …
                SkipExpression(lineEnds: false, inFor: false);
            }

            SkipSpace(lines: true);
            if (at < text.Length && text[at] == ',')
            {
                at++;
            }
        }
    }

    // key = value, key : value, (expression) = value, or key => value in a for
    private void Entry(bool inFor)
    {
        var start = at;
        if (inFor)
        {
            Raw(start, lineEnds: false, inFor: true);
        }
        else if (text[at] == '"')
        {
            String();
        }
        else if (IsWord(text[at]) && Identifier() is var name && SkipSpace(lines: false) && text[at] is (byte)'=' or (byte)':')
        {
            Key(name);
        }
        else
        {
            var end = at = start;
            while (Problem is null && SkipSpace(lines: false) && text[at] is not ((byte)'=' or (byte)':' or (byte)'}' or (byte)',' or (byte)'\n'))
            {
                SkipToken();
                end = at;
            }

            Key(TextSpan.FromBounds(start, end));
        }

        SkipSpace(lines: inFor);
        if (Problem is null && at < text.Length && text[at] is (byte)'=' or (byte)':')
        {
            at += at + 1 < text.Length && text[at] == '=' && text[at + 1] == '>' ? 2 : 1;
            Expression(lineEnds: !inFor, inFor);
            return;
        }

        Fail(at, "an object's key has no value");
        builder.Scalar("", new(at, 0), plain: true);
    }

    private void Key(TextSpan name) => builder.Scalar(Slice(name), name, plain: true);

    private string Slice(TextSpan span) => Encoding.UTF8.GetString(text.Slice(span.Start, span.Length));
}
