using Cleat.Text;

namespace Cleat.Trees.Toml;

/// <summary>
/// Hands a parser's events to a builder so that a tree comes of them whatever they are: of text that is not well-formed the parser gives keys without values, values
/// without keys, and ends of what never began.
/// </summary>
internal sealed class TomlLevels(TreeBuilder builder)
{
    private readonly Stack<Level> open = [];

    private enum Level : byte
    {
        List,

        /// <summary>A table in which a key comes next.</summary>
        Table,

        /// <summary>A table in which the value of a key comes next.</summary>
        Value,
    }

    public void Open(NodeKind kind, int start)
    {
        if (BeginValue(start))
        {
            builder.Open(kind, start);
            open.Push(kind == NodeKind.Map ? Level.Table : Level.List);
        }
    }

    public void Key(string name, TextSpan span)
    {
        if (open.TryPeek(out var level) && level != Level.List)
        {
            EndValue(span.Start);
            builder.Scalar(name, span, plain: false);
            Become(Level.Value);
        }
    }

    public void Scalar(string text, TextSpan span, bool plain)
    {
        if (open.Count > 0 && BeginValue(span.Start))
        {
            builder.Scalar(text, span, plain);
        }
    }

    public void Close(int end)
    {
        if (open.Count > 0)
        {
            EndValue(end);
            open.Pop();
            builder.Close(end);
        }
    }

    /// <summary>Closes what is open.</summary>
    public void End(int end)
    {
        while (open.Count > 0)
        {
            Close(end);
        }
    }

    // false behind the end of the document
    private bool BeginValue(int at)
    {
        if (open.TryPeek(out var level))
        {
            if (level == Level.Table)
            {
                builder.Scalar("", new(at, 0), plain: false);
            }

            Become(level == Level.List ? Level.List : Level.Table);
            return true;
        }

        return builder.IsEmpty;
    }

    private void EndValue(int at)
    {
        if (open.Peek() == Level.Value)
        {
            builder.Scalar("", new(at, 0), plain: true);
            Become(Level.Table);
        }
    }

    private void Become(Level level)
    {
        open.Pop();
        open.Push(level);
    }
}
