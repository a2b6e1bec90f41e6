using Cleat.Text;

namespace Cleat.Trees.Braces;

/// <summary>The structure of Bicep (learn.microsoft.com/azure/azure-resource-manager/bicep/file): statements, objects and arrays.</summary>
internal ref partial struct BraceReader
{
    public void Bicep()
    {
        loops = [];
        builder.Open(NodeKind.Map, at);
        while (SkipSpace(lines: true))
        {
            if (Statement())
            {
                continue;
            }

            // output, func, type, import, decorators
            var start = at;
            SkipExpression(lineEnds: true, inFor: false);
            if (at < text.Length && text[at] != '\n')
            {
                Fail(at, $"'{Here()}' stands where a statement should");
            }
            else if (at == start && at < text.Length)
            {
                at++;
            }
        }

        builder.Close(at);
    }

    // param, var, resource or module; what has no value is not in the tree
    private bool Statement()
    {
        var start = at;
        var keyword = Identifier();
        var word = Slice(keyword);
        SkipSpace(lines: false);
        var name = Identifier();
        if (name.Length == 0 || word is not ("param" or "var" or "resource" or "module"))
        {
            at = start;
            return false;
        }

        SkipSpace(lines: false);
        var type = at < text.Length && text[at] == quote ? TypeName() : default;
        while (Problem is null && SkipSpace(lines: false) && text[at] is not ((byte)'=' or (byte)'\n' or (byte)'}'))
        {
            SkipToken();
        }

        if (at >= text.Length || text[at] != '=')
        {
            return true;
        }

        at++;
        Key(keyword);
        builder.Open(NodeKind.Map, at);
        Key(name);
        if (word is "resource" or "module")
        {
            Declared(type);
        }
        else
        {
            BicepValue(lineEnds: true);
        }

        builder.Close(at);
        return true;
    }

    // 'Microsoft.App/jobs@2024-03-01': the name without the version
    private TextSpan TypeName()
    {
        var start = at + 1;
        SkipString();
        var span = TextSpan.FromBounds(start, Problem is null ? at - 1 : start);
        var version = text.Slice(span.Start, span.Length).IndexOf((byte)'@');
        return version < 0 ? span : span with { Length = version };
    }

    // the body of a resource or module, whatever is in front of it: `if (…)`, `[for x in y:`
    private void Declared(TextSpan type)
    {
        if (!Enter())
        {
            builder.Scalar("", new(at, 0), plain: true);
            return;
        }

        builder.Open(NodeKind.Map, at);
        builder.Scalar("type", type, plain: true);
        builder.Scalar(Slice(type), type, plain: false);
        SkipSpace(lines: true);
        var isFor = at < text.Length && text[at] == '[';
        int? loop = null;
        if (isFor)
        {
            at++;
            loop = For();
            SkipSpace(lines: true);
        }

        if (text[at..].StartsWith("if"u8))
        {
            at += 2;
            SkipSpace(lines: true);
            if (at < text.Length && text[at] == '(')
            {
                SkipBracket();
            }

            SkipSpace(lines: true);
        }

        if (at < text.Length && text[at] == '{')
        {
            BicepItems(NodeKind.Map);
        }
        else
        {
            Fail(at, "a resource's '{' is missing");
        }

        CloseLoop(loop);
        if (isFor && SkipSpace(lines: true) && text[at] == ']')
        {
            at++;
        }

        builder.Close(at);
        depth--;
    }

    // exactly one node
    private void BicepValue(bool lineEnds)
    {
        SkipSpace(lines: !lineEnds);
        var start = at;
        var first = at < text.Length ? text[at] : (byte)0;
        if (first == quote)
        {
            SkipString();
            var isWhole = Problem is null && IsEnd(lineEnds, inFor: false) && Problem is null;
            at = Problem is null ? start : at;
            if (isWhole)
            {
                String();
                return;
            }
        }
        else if (first is (byte)'[' or (byte)'{' && Enter())
        {
            var kind = first == '[' ? NodeKind.Sequence : NodeKind.Map;
            var node = builder.Count;
            builder.Open(kind, start);
            BicepItems(kind);
            builder.Close(at);
            depth--;
            Selected(node, start, lineEnds, inFor: false);
            return;
        }
        else if (Call() is { } function)
        {
            var node = builder.Count;
            Transparent(function, start);
            Selected(node, start, lineEnds, inFor: false);
            return;
        }

        if (!Branches(null, start, lineEnds, inFor: false))
        {
            Raw(start, lineEnds, inFor: false);
        }
    }

    // from the opening bracket to behind the closing one; items stand on lines of their own or behind commas
    private void BicepItems(NodeKind kind)
    {
        var start = at++;
        var close = kind == NodeKind.Map ? '}' : ']';
        var loop = kind == NodeKind.Sequence ? For() : null;
        if (loop is not null)
        {
            SkipSpace(lines: true);
            if (text[at..].StartsWith("if"u8))
            {
                at += 2;
                SkipSpace(lines: true);
                if (at < text.Length && text[at] == '(')
                {
                    SkipBracket();
                }
            }
        }

        while (Problem is null)
        {
            if (!SkipSpace(lines: true))
            {
                Fail(start, "a bracket is not closed");
            }
            else if (text[at] == close)
            {
                at++;
                CloseLoop(loop);
                return;
            }
            else if (text[at] == ',')
            {
                at++;
            }
            else if (text[at..].StartsWith("..."u8))
            {
                at += 3;
                Join(kind, lineEnds: true);
            }
            else if (kind == NodeKind.Sequence)
            {
                BicepValue(lineEnds: true);
            }
            else
            {
                Property();
            }
        }
    }

    // key: value, or a nested resource
    private void Property()
    {
        if (text[at] == '@')
        {
            SkipExpression(lineEnds: true, inFor: false);
            return;
        }

        var start = at;
        TextSpan key;
        if (text[at] == quote)
        {
            SkipString();
            key = TextSpan.FromBounds(start + 1, Problem is null ? at - 1 : start + 1);
        }
        else
        {
            key = Identifier();
        }

        SkipSpace(lines: false);
        if (at < text.Length && text[at] == ':')
        {
            at++;
            Key(key);
            BicepValue(lineEnds: true);
            return;
        }

        at = Problem is null ? start : at;
        if (!Statement())
        {
            Fail(at, $"'{Here()}' stands where a property should");
        }
    }
}
