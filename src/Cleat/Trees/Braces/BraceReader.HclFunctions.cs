using Cleat.Text;

namespace Cleat.Trees.Braces;

/// <summary>
/// Expressions that give a list or an object made of others: functions whose arguments are what they give, and conditions, of which every branch
/// counts. They are read as one list or map with all that may be in it.
/// </summary>
internal ref partial struct BraceReader
{
    // conditions and parentheses inside of each other: what lies deeper stays an expression
    private const int DeepestBranches = 16;

    // functions that give what they are given, in another form
    private static bool IsTransparent(string function) => function is "jsonencode" or "yamlencode" or "jsondecode" or "yamldecode" or "sensitive" or "nonsensitive"
        or "tolist" or "toset" or "tomap" or "tostring" or "trimspace" or "chomp";

    private static NodeKind? Joins(string function) => function switch
    {
        "concat" or "flatten" => NodeKind.Sequence,
        "merge" => NodeKind.Map,
        _ => null,
    };

    // a call that is read through, its name skipped
    private string? Call()
    {
        var start = at;
        if (at >= text.Length || !char.IsAsciiLetterLower((char)text[at]))
        {
            return null;
        }

        var name = Slice(Identifier());
        if (at < text.Length && text[at] == '(' && (IsBicep ? name is "union" or "flatten" || (name == "concat" && GivesCollection()) : IsTransparent(name) || Joins(name) is not null))
        {
            return name;
        }

        at = start;
        return null;
    }

    // Bicep's concat joins texts too: one of what it is given shows that these are lists
    private readonly bool GivesCollection()
    {
        BraceReader call = new(text, at, builder, IsBicep);
        call.SkipBracket();
        BraceReader inside = new(text[..int.Max(at + 1, call.at - 1)], at + 1, builder, IsBicep);
        foreach (var (piece, _) in call.Problem is null ? inside.Pieces() ?? [] : [])
        {
            if (piece.Length > 0 && text[piece.Start] is (byte)'[' or (byte)'{')
            {
                return true;
            }
        }

        return false;
    }

    // from the opening parenthesis to behind the closing one; exactly one node
    private void Transparent(string function, int start)
    {
        if (!Enter())
        {
            builder.Scalar("", new(start, 0), plain: true);
            return;
        }

        // Bicep's union joins lists, and objects
        var joined = Joins(function) ?? (function == "union" ? CollectionAt(at + 1) ?? NodeKind.Map : null);
        if (joined is { } kind)
        {
            builder.Open(kind, start, tag: HclTrees.Joined);
            Arguments(kind, isFlat: function == "flatten");
            builder.Close(at);
        }
        else
        {
            at++;
            Value(lineEnds: false);
            CloseCall(start);
        }

        depth--;
    }

    // what is given to a call, each joined to the collection around; from the opening parenthesis to behind the closing one
    private void Arguments(NodeKind kind, bool isFlat)
    {
        var start = at++;
        while (Problem is null && SkipSpace(lines: true) && text[at] != ')')
        {
            if (text[at] == ',')
            {
                at++;
                continue;
            }

            Join(kind, isFlat);
            if (at < text.Length && text[at] is (byte)']' or (byte)'}')
            {
                Fail(at, $"'{Here()}' closes no bracket");
            }
        }

        CloseCall(start);
    }

    private void CloseCall(int start)
    {
        while (Problem is null && SkipSpace(lines: true) && text[at] != ')')
        {
            var before = at;
            SkipExpression(lineEnds: false, inFor: false);
            if (at < text.Length && text[at] == ',')
            {
                at++;
            }
            else if (at == before)
            {
                Fail(at, $"'{Here()}' closes no bracket");
            }
        }

        if (at >= text.Length)
        {
            Fail(start, "a bracket is not closed");
        }

        at = int.Min(at + 1, text.Length);
    }

    // one list or object whose items or entries are those of the collection around; what is neither is an item, or stands under the key `...`
    private void Join(NodeKind kind, bool isFlat = false, bool lineEnds = false)
    {
        SkipSpace(lines: true);
        var start = at;
        if (at < text.Length && (text[at] == '[' || (text[at] == '{' && kind == NodeKind.Map)) && Enter())
        {
            if (text[at] == '{')
            {
                ItemsOf(NodeKind.Map);
            }
            else if (kind == NodeKind.Map)
            {
                // merge([a, b]...)
                EachJoined(kind);
            }
            else if (isFlat)
            {
                EachJoined(kind, isFlat);
            }
            else
            {
                ItemsOf(NodeKind.Sequence);
            }

            depth--;
            SkipExpression(lineEnds, inFor: false);
            return;
        }

        if (Call() is { } function && Enter())
        {
            if (Joins(function) is null && function != "union")
            {
                at++;
                Join(kind, isFlat);
                CloseCall(start);
            }
            else
            {
                Arguments(kind, isFlat || function == "flatten");
            }

            depth--;
            SkipExpression(lineEnds, inFor: false);
            return;
        }

        at = start;
        if (Problem is null && !Branches(kind, start, lineEnds, inFor: false))
        {
            if (kind == NodeKind.Map)
            {
                builder.Scalar(HclTrees.Spread, new(start, 0), plain: true);
            }

            if (kind == NodeKind.Sequence && at < text.Length && text[at] == '{')
            {
                Value(lineEnds);
            }
            else
            {
                Raw(start, lineEnds, inFor: false);
            }
        }
    }

    /// <summary>One value, up to the end of the text.</summary>
    public void Single() => Value(lineEnds: false);

    private void Value(bool lineEnds)
    {
        if (IsBicep)
        {
            BicepValue(lineEnds);
        }
        else
        {
            Expression(lineEnds);
        }
    }

    private void ItemsOf(NodeKind kind)
    {
        if (IsBicep)
        {
            BicepItems(kind);
        }
        else
        {
            Items(kind, (byte)(kind == NodeKind.Sequence ? ']' : '}'));
        }
    }

    // a list whose items are lists or objects to be joined
    private void EachJoined(NodeKind kind, bool isFlat = false)
    {
        var start = at++;
        var loop = For();
        while (Problem is null)
        {
            SkipSpace(lines: true);
            if (at >= text.Length)
            {
                Fail(start, "a bracket is not closed");
            }
            else if (text[at] is (byte)']')
            {
                at++;
                break;
            }
            else if (text[at] == ',')
            {
                at++;
            }
            else if (loop is not null && text[at..].StartsWith("if "u8))
            {
                SkipExpression(lineEnds: false, inFor: false);
            }
            else
            {
                Join(kind, isFlat);
                if (at < text.Length && text[at] is (byte)')' or (byte)'}')
                {
                    Fail(at, $"'{Here()}' closes no bracket");
                }
            }
        }

        CloseLoop(loop);
    }

    /// <summary>
    /// A condition with a list or an object in a branch, as one list or map with what is in every branch. False, and nothing is read, when it is none.
    /// </summary>
    /// <param name="around">The collection that the branches belong to; null for a node of its own.</param>
    private bool Branches(NodeKind? around, int start, bool lineEnds, bool inFor)
    {
        if (branches >= DeepestBranches)
        {
            return false;
        }

        var end = SkipExpression(lineEnds, inFor);
        var behind = at;
        at = start;
        var mark = Problem is null ? text[start..end].IndexOf((byte)'?') : -1;
        if (mark < 0 || text[(start + mark)..end].IndexOfAny((byte)'[', (byte)'{') < 0)
        {
            return false;
        }

        BraceReader reader = new(text[..end], start, builder, IsBicep) { depth = depth, branches = branches + 1, loops = loops };
        if (reader.Pieces() is not { } pieces)
        {
            return false;
        }

        if (pieces is [_] && Inside(start, end) is { } inside)
        {
            // (condition)
            BraceReader inner = new(text[..inside.End], inside.Start, builder, IsBicep) { depth = depth, branches = branches + 1, loops = loops };
            var isRead = inner.Branches(around, inside.Start, lineEnds: false, inFor: false);
            Problem ??= inner.Problem;
            at = Problem is not null ? text.Length : isRead ? behind : start;
            return isRead;
        }

        var values = pieces.Exists(p => p.Mark == ',') ? [] : Values(pieces);
        var kind = around;
        foreach (var value in values)
        {
            kind ??= CollectionAt(value.Start);
        }

        if (kind is not { } found || values.Count == 0)
        {
            return false;
        }

        if (around is null)
        {
            builder.Open(found, start, tag: HclTrees.Joined);
        }

        foreach (var value in values)
        {
            BraceReader branch = new(text[..value.End], value.Start, builder, IsBicep) { depth = depth, branches = branches + 1, loops = loops };
            branch.Join(found);
            Problem ??= branch.Problem;
        }

        if (around is null)
        {
            builder.Close(end);
        }

        at = Problem is null ? behind : text.Length;
        return true;
    }

    // what stands behind `?` and `:` and is no condition itself
    private static List<TextSpan> Values(List<(TextSpan Piece, char Mark)> pieces)
    {
        List<TextSpan> values = [];
        for (var i = 1; i < pieces.Count; i++)
        {
            if (pieces[i - 1].Mark is '?' or ':' or Instead && pieces[i].Mark != '?')
            {
                values.Add(pieces[i].Piece);
            }
        }

        return values;
    }

    // what stands in the parentheses that are all there is from start to end
    private readonly TextSpan? Inside(int start, int end)
    {
        BraceReader reader = new(text[..end], start, builder, IsBicep);
        return reader.Inside(out var opening, out var name) is { } inside && opening == '(' && name.Length == 0 ? inside : null;
    }

    // whether a list or an object starts here, as far as its first words say
    private readonly NodeKind? CollectionAt(int start)
    {
        BraceReader reader = new(text, start, builder, IsBicep);
        for (var i = 0; i < DeepestBranches && reader.SkipSpace(lines: true); i++)
        {
            if (reader.text[reader.at] is (byte)'[' or (byte)'{')
            {
                return reader.text[reader.at] == '[' ? NodeKind.Sequence : NodeKind.Map;
            }

            if (reader.text[reader.at] == '(')
            {
                reader.at++;
                continue;
            }

            if (reader.Call() is not { } function)
            {
                return null;
            }

            if (Joins(function) is { } kind)
            {
                return kind;
            }

            reader.at++;
        }

        return null;
    }

    // `for k, v in list :` at the start of a list or object, which is then a list of what stands behind it
    private int? For()
    {
        var start = at;
        SkipSpace(lines: true);
        if (Slice(Identifier()) != "for" || !SkipSpace(lines: true) || !(IsWord(text[at]) || (IsBicep && text[at] == '(')))
        {
            at = start;
            return null;
        }

        var head = at;
        var end = at;
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
                end = at;
            }
        }

        at = int.Min(at + 1, text.Length);
        return OpenLoop(TextSpan.FromBounds(head, end));
    }

    // k, v in list; (item, index) in list
    private int OpenLoop(TextSpan head)
    {
        var words = text.Slice(head.Start, head.Length);
        var isIn = words.IndexOf(" in "u8);
        var names = isIn < 0 ? [] : Slice(head with { Length = isIn }).Split([',', ' ', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        var list = isIn < 0 ? head : TextSpan.FromBounds(head.Start + isIn + 4, head.End);
        while (list.Length > 0 && text[list.Start] == ' ')
        {
            list = TextSpan.FromBounds(list.Start + 1, list.End);
        }

        var name = names switch { [var only] => only, [var item, _] when IsBicep => item, [_, var value] => value, _ => "" };
        (loops ??= []).Add(new(name, list, new(at, 0)));
        return loops.Count - 1;
    }

    private readonly void CloseLoop(int? loop)
    {
        if (loop is { } index)
        {
            loops![index] = loops[index] with { Body = TextSpan.FromBounds(loops[index].Body.Start, at) };
        }
    }
}
