using Cleat.Text;

namespace Cleat.Formats.Helm.Templates;

/// <summary>
/// Reads a file of templates into its nodes (pkg.go.dev/text/template, "Actions"). Only the structure is read here: a pipeline is read when it is evaluated.
/// </summary>
internal sealed class TemplateParser
{
    private const int DeepestNesting = 100;

    private readonly SourceText source;
    private readonly ImageLines? lines;
    private readonly Dictionary<string, (Node[] Body, TextSpan Span)> definitions = new(StringComparer.Ordinal);
    private int at;
    private int depth;

    // set by the marker of the action before: white space at the start of the text is dropped
    private bool trims;

    // the action that ended the last list: end, else
    private ActionReader? ended;

    private TemplateParser(SourceText source, ImageLines? lines)
    {
        this.source = source;
        this.lines = lines;
    }

    /// <summary>The file's nodes; null when its blocks are not those of a template that Go would read.</summary>
    /// <param name="lines">The text that is kept; null for all of it.</param>
    public static (Node[] Body, Dictionary<string, (Node[] Body, TextSpan Span)> Definitions)? Read(SourceText source, ImageLines? lines = null)
    {
        try
        {
            TemplateParser parser = new(source, lines) { at = source.BomLength };
            var body = parser.List();
            return parser.ended is null ? (body, parser.definitions) : null;
        }
        catch (TemplateException)
        {
            return null;
        }
    }

    private Node[] List()
    {
        if (++depth > DeepestNesting)
        {
            throw new TemplateException(at, "nested too deep");
        }

        List<Node> nodes = [];
        ended = null;
        while (at < source.Span.Length && ended is null)
        {
            var open = source.Span[at..].IndexOf("{{"u8);
            var stop = open < 0 ? source.Span.Length : at + open;
            var trimsEnd = open >= 0 && source.Span[(stop + 2)..] is [(byte)'-', (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n', ..];
            Text(nodes, stop, trimsEnd);
            at = stop;
            if (open >= 0)
            {
                var end = TemplateMask.End(source.Span, stop);
                var inner = TextSpan.FromBounds(stop + (trimsEnd ? 3 : 2), int.Max(stop + 2, end - 2));
                trims = inner.Length > 0 && source.Span[inner.End - 1] == '-' && (inner.Length == 1 || source.Span[inner.End - 2] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'/');
                at = end;
                Action(nodes, stop, trims ? new(inner.Start, int.Max(0, inner.Length - 1)) : inner);
            }
        }

        depth--;
        return [.. nodes];
    }

    private void Text(List<Node> nodes, int stop, bool trimsEnd)
    {
        var start = at;
        while (trims && start < stop && source.Span[start] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            start++;
        }

        trims = false;
        while (trimsEnd && stop > start && source.Span[stop - 1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            stop--;
        }

        if (stop <= start)
        {
            return;
        }

        var kept = lines?.In(start, stop) ?? TextSpan.FromBounds(start, stop);
        Dropped(nodes, start, kept.Length > 0 ? kept.Start : stop);
        if (kept.Length > 0)
        {
            nodes.Add(new Node.Plain(kept.Start, source, kept.End));
            Dropped(nodes, kept.End, stop);
        }
    }

    private void Dropped(List<Node> nodes, int start, int stop)
    {
        if (nodes is not [.., Node.LineEnd] && source.Span[start..stop].IndexOf((byte)'\n') >= 0)
        {
            nodes.Add(new Node.LineEnd(start));
        }
    }

    // a block with nothing in it but text that was dropped
    private void Add(List<Node> nodes, Node block)
    {
        static bool IsEmpty(Node[] body) => Array.TrueForAll(body, n => n is Node.LineEnd);
        var dropped = lines is not null && block switch
        {
            Node.Choice choice => IsEmpty(choice.Then) && IsEmpty(choice.Else),
            Node.Loop loop => IsEmpty(loop.Body) && IsEmpty(loop.Else),
            _ => false,
        };
        if (!dropped)
        {
            nodes.Add(block);
        }
        else if (nodes is not [.., Node.LineEnd])
        {
            nodes.Add(new Node.LineEnd(block.At));
        }
    }

    private bool IsNear(int start) => lines is null || lines.In(start, at).Length > 0;

    private void Action(List<Node> nodes, int start, TextSpan inner)
    {
        if (source.Span.Slice(inner.Start, inner.Length).TrimStart(" \t\r\n"u8).StartsWith("/*"u8))
        {
            return;
        }

        ActionReader action = new(source, inner);
        switch (action.Keyword())
        {
            case "if":
                Add(nodes, Choice(start, action, isWith: false));
                break;
            case "with":
                Add(nodes, Choice(start, action, isWith: true));
                break;
            case "range":
                Add(nodes, Loop(start, action));
                break;
            case "define":
                definitions[action.Text()] = (Block(start), TextSpan.FromBounds(start, at));
                break;
            case "block":
                var name = action.Text();
                nodes.Add(new Node.Call(start, name, action.Code, IsNear(start)));
                definitions.TryAdd(name, (Block(start), TextSpan.FromBounds(start, at)));
                break;
            case "template":
                nodes.Add(new Node.Call(start, action.Text(), action.IsAtEnd ? null : action.Code, IsNear(start)));
                break;
            case "break" or "continue":
                nodes.Add(new Node.Leave(start, action.Word == "break"));
                break;
            case "end" or "else":
                ended = action;
                break;
            default:
                nodes.Add(new Node.Write(start, action.Code, IsNear(start)));
                break;
        }
    }

    private Node.Loop Loop(int start, ActionReader action)
    {
        var over = action.Code;
        var (inside, isTrimmed, level) = (at, trims, depth);
        var body = List();
        Lazy<Node[]> whole = new(() => lines is null ? body : new TemplateParser(source, null) { at = inside, trims = isTrimmed, depth = level }.List());
        return new(start, over, body, whole, Rest(start, isWith: false));
    }

    private Node.Choice Choice(int start, ActionReader action, bool isWith)
    {
        var condition = action.Code;
        var then = List();
        return new(start, isWith, condition, then, Rest(start, isWith));
    }

    // what stands behind `else`, up to `end`
    private Node[] Rest(int start, bool isWith)
    {
        var action = ended ?? throw new TemplateException(start, "it has no end");
        ended = null;
        if (action.Word == "end")
        {
            return [];
        }

        if (action.Keyword() is "if" or "with")
        {
            if (++depth > DeepestNesting)
            {
                throw new TemplateException(start, "nested too deep");
            }

            var inner = Choice(start, action, action.Word == "with");
            depth--;
            return [inner];
        }

        var list = List();
        End(start);
        return list;
    }

    private Node[] Block(int start)
    {
        var body = List();
        End(start);
        return body;
    }

    private void End(int start)
    {
        if (ended?.Word != "end")
        {
            throw new TemplateException(start, "it has no end");
        }

        ended = null;
    }
}
