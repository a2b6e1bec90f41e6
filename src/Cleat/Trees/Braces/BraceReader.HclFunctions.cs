namespace Cleat.Trees.Braces;

/// <summary>Function calls whose arguments are what they give: their text stands for the value.</summary>
internal ref partial struct BraceReader
{
    // a call that is read through, its name skipped
    private string? Call()
    {
        var start = at;
        if (at >= text.Length || !char.IsAsciiLetterLower((char)text[at]))
        {
            return null;
        }

        var name = Slice(Identifier());
        if (at < text.Length && text[at] == '(' && name is "concat" or "merge"
            or "jsonencode" or "yamlencode" or "jsondecode" or "yamldecode" or "sensitive" or "nonsensitive" or "flatten"
            or "tolist" or "toset" or "tomap" or "tostring" or "trimspace" or "chomp")
        {
            return name;
        }

        at = start;
        return null;
    }

    // from the opening parenthesis to behind the closing one; exactly one node
    private void Transparent(string function, int start)
    {
        if (!Enter())
        {
            builder.Scalar("", new(start, 0), plain: true);
            return;
        }

        var joined = function switch { "concat" => NodeKind.Sequence, "merge" => NodeKind.Map, _ => NodeKind.Scalar };
        at++;
        if (joined == NodeKind.Scalar)
        {
            Expression(lineEnds: false);
        }
        else
        {
            builder.Open(joined, start);
        }

        while (Problem is null && SkipSpace(lines: true) && text[at] != ')')
        {
            if (text[at] == ',')
            {
                at++;
            }
            else if (joined == NodeKind.Sequence && text[at] != '[')
            {
                Expression(lineEnds: false);
            }
            else if (joined != NodeKind.Scalar && text[at] is (byte)'[' or (byte)'{')
            {
                Items(joined, (byte)(text[at] == '[' ? ']' : '}'));
                SkipExpression(lineEnds: false, inFor: false);
            }
            else if (SkipExpression(lineEnds: false, inFor: false) is var end && end < at)
            {
                Fail(at, $"'{Here()}' closes no bracket");
            }
            else if (at < text.Length && text[at] is (byte)']' or (byte)'}')
            {
                Fail(at, $"'{Here()}' closes no bracket");
            }
        }

        if (at >= text.Length)
        {
            Fail(start, "a bracket is not closed");
        }

        at = int.Min(at + 1, text.Length);
        if (joined != NodeKind.Scalar)
        {
            builder.Close(at);
        }

        depth--;
    }

    // `for k, v in list :` at the start of a list or object, which is then a list of what stands behind it
    private bool For()
    {
        var start = at;
        SkipSpace(lines: true);
        if (Slice(Identifier()) != "for" || !SkipSpace(lines: true) || !(IsWord(text[at]) || (IsBicep && text[at] == '(')))
        {
            at = start;
            return false;
        }

        for (var choices = 0; Problem is null && SkipSpace(lines: true) && (text[at] != ':' || choices > 0);)
        {
            if (text[at] is (byte)']' or (byte)'}' or (byte)')')
            {
                Fail(at, "a for has no ':'");
            }
            else if (text[at] is (byte)'?' or (byte)':')
            {
                choices += text[at++] == '?' ? 1 : -1;
            }
            else
            {
                SkipToken();
            }
        }

        at = int.Min(at + 1, text.Length);
        return true;
    }
}
