using System.Text;
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
    private readonly ImageSigns? signs;

    // the variables that may have to do with an image
    private readonly HashSet<string> variables = new(StringComparer.Ordinal);
    private bool dotIsImage;
    private readonly Dictionary<string, (Node[] Body, TextSpan Span)> definitions = new(StringComparer.Ordinal);
    private int at;
    private int depth;

    // set by the marker of the action before: white space at the start of the text is dropped
    private bool trims;

    // of the action that is read now; when a list has ended, of the one that ended it: end, else
    private readonly ActionReader action;
    private bool hasEnded;

    private TemplateParser(SourceText source, ImageLines? lines, ImageSigns? signs)
    {
        this.source = source;
        this.signs = signs;
        this.lines = lines;
        action = new(source, default);
    }

    /// <summary>The file's nodes; null when its blocks are not those of a template that Go would read.</summary>
    /// <param name="signs">Where only what may name an image is kept, what tells that; null for all.</param>
    public static (Node[] Body, Dictionary<string, (Node[] Body, TextSpan Span)> Definitions)? Read(SourceText source, ImageSigns? signs = null)
    {
        try
        {
            TemplateParser parser = new(source, signs is null ? null : new ImageLines(source.Span), signs) { at = source.BomLength };
            var body = parser.List();
            return !parser.hasEnded ? (body, parser.definitions) : null;
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
        hasEnded = false;
        while (at < source.Span.Length && !hasEnded)
        {
            var open = source.Span[at..].IndexOf("{{"u8);
            var stop = open < 0 ? source.Span.Length : at + open;
            var trimsEnd = open >= 0 && source.Span[(stop + 2)..] is [(byte)'-', (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n', ..];
            Text(nodes, stop, trimsEnd);
            at = stop;
            if (open >= 0)
            {
                var end = TemplateMask.End(source.Span, stop);
                // an action that the file's end cuts off may have nothing in it
                var from = stop + (trimsEnd ? 3 : 2);
                var inner = TextSpan.FromBounds(from, int.Max(from, end - 2));
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
            Node.Loop loop => IsEmpty(loop.Body) && IsEmpty(loop.Else) && !loop.IsOfImages,
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

    private bool HasSigns(TextSpan inner) => signs is null || signs.In(source.Span.Slice(inner.Start, inner.Length), dotIsImage, variables);

    private void Write(List<Node> nodes, int start, TextSpan inner)
    {
        var isNear = IsNear(start);
        var declares = source.Span.Slice(inner.Start, inner.Length).IndexOf((byte)'=') >= 0;
        if (declares && signs is not null && HasSigns(inner))
        {
            Declare(inner);
        }

        if (isNear || declares || HasSigns(inner))
        {
            nodes.Add(new Node.Write(start, action.Code, isNear));
        }
    }

    // what stands in front of the equals sign has to do with an image
    private void Declare(TextSpan inner)
    {
        var text = source.Span.Slice(inner.Start, inner.Length);
        foreach (var name in Encoding.UTF8.GetString(text[..text.IndexOf((byte)'=')]).Split([' ', ',', ':', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (name[0] == '$')
            {
                variables.Add(name[1..]);
            }
        }
    }

    private void Action(List<Node> nodes, int start, TextSpan inner)
    {
        if (source.Span.Slice(inner.Start, inner.Length).TrimStart(" \t\r\n"u8).StartsWith("/*"u8))
        {
            return;
        }

        action.Move(inner);
        switch (action.Keyword())
        {
            case "if":
                Add(nodes, Choice(start, inner, isWith: false));
                break;
            case "with":
                Add(nodes, Choice(start, inner, isWith: true));
                break;
            case "range":
                Add(nodes, Loop(start, inner));
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
                if (IsNear(start) || HasSigns(inner))
                {
                    nodes.Add(new Node.Call(start, action.Text(), action.IsAtEnd ? null : action.Code, IsNear(start)));
                }

                break;
            case "break" or "continue":
                nodes.Add(new Node.Leave(start, action.Word == "break"));
                break;
            case "end" or "else":
                hasEnded = true;
                break;
            default:
                Write(nodes, start, inner);
                break;
        }
    }

    private Node.Loop Loop(int start, TextSpan inner)
    {
        var over = action.Code;
        var (inside, isTrimmed, level) = (at, trims, depth);
        var body = Inside(inner, changesDot: true);
        Lazy<Node[]> whole = new(() => lines is null ? body : new TemplateParser(source, null, null) { at = inside, trims = isTrimmed, depth = level }.List());
        return new(start, over, body, whole, Rest(start, isWith: false)) { IsOfImages = HasSigns(inner) };
    }

    private Node.Choice Choice(int start, TextSpan inner, bool isWith)
    {
        var condition = action.Code;
        var then = Inside(inner, changesDot: isWith);
        return new(start, isWith, condition, then, Rest(start, isWith));
    }

    // a body in which the variables that its action declares, and maybe the dot, stand for what the action says
    private Node[] Inside(TextSpan inner, bool changesDot)
    {
        var before = dotIsImage;
        if (signs is not null)
        {
            var isImage = HasSigns(inner);
            dotIsImage = changesDot ? isImage : dotIsImage;
            if (isImage && source.Span.Slice(inner.Start, inner.Length).IndexOf((byte)'=') >= 0)
            {
                Declare(inner);
            }
        }

        var body = List();
        dotIsImage = before;
        return body;
    }

    // what stands behind `else`, up to `end`
    private Node[] Rest(int start, bool isWith)
    {
        if (!hasEnded)
        {
            throw new TemplateException(start, "it has no end");
        }

        hasEnded = false;
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

            var other = Choice(start, action.Span, action.Word == "with");
            depth--;
            return [other];
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
        if (!hasEnded || action.Word != "end")
        {
            throw new TemplateException(start, "it has no end");
        }

        hasEnded = false;
    }
}
