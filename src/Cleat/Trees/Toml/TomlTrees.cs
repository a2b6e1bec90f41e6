using Cleat.Text;
using Cleat.Trees.Yaml;
using Tomlyn.Parsing;

namespace Cleat.Trees.Toml;

/// <summary>Reads TOML through Tomlyn's events, in which dotted keys and table headers are nested tables already.</summary>
internal static class TomlTrees
{
    /// <param name="problem">What is not well-formed, or null; what could be read around it is read.</param>
    public static List<Tree> Read(SourceText source, out ReadProblem? problem)
    {
        TreeBuilder builder = new();
        var start = source.BomLength;
        var parser = TomlParser.Create(WideBytes.Widen(source.Span[start..]), new TomlParserOptions { Mode = TomlParserMode.Tolerant });
        var (depth, isKey) = (0, false);
        problem = null;
        while (problem is null && parser.MoveNext())
        {
            if (isKey && parser.Current.Kind is TomlParseEventKind.EndTable or TomlParseEventKind.EndDocument)
            {
                // a key whose value is broken
                builder.Scalar("", new(Offset(parser, start), 0), plain: true);
            }

            isKey = parser.Current.Kind == TomlParseEventKind.PropertyName;
            depth += Take(parser, builder, source.Span, start);
            problem = builder.IsFull ? new(Offset(parser, start), TreeBuilder.TooDeep) : null;
        }

        for (; depth > 0; depth--)
        {
            builder.Close(source.Bytes.Length);
        }

        if (problem is null && parser.HasErrors)
        {
            var first = parser.Diagnostics[0];
            problem = new(Math.Min(first.Span.Start.Offset + start, source.Bytes.Length), "not well-formed TOML: " + first.Message);
        }

        return [builder.Build(source, TreeSyntax.Toml)];
    }

    // how many levels deeper the next event is
    private static int Take(TomlParser parser, TreeBuilder builder, ReadOnlySpan<byte> file, int start)
    {
        var at = Offset(parser, start);
        switch (parser.Current.Kind)
        {
            case TomlParseEventKind.StartTable:
                builder.Open(NodeKind.Map, at);
                return 1;
            case TomlParseEventKind.StartArray:
                builder.Open(NodeKind.Sequence, at);
                return 1;
            case TomlParseEventKind.EndTable or TomlParseEventKind.EndArray:
                builder.Close(at);
                return -1;
            case TomlParseEventKind.PropertyName:
                builder.Scalar(WideBytes.Narrow(parser.GetPropertyName()), Span(parser, start), plain: false);
                return 0;
            case TomlParseEventKind.String:
                builder.Scalar(WideBytes.Narrow(parser.GetString()), Content(file, Span(parser, start)), plain: false);
                return 0;
            case TomlParseEventKind.None or TomlParseEventKind.StartDocument or TomlParseEventKind.EndDocument:
                return 0;
            default:
                var span = Span(parser, start);
                builder.Scalar(System.Text.Encoding.UTF8.GetString(file.Slice(span.Start, span.Length)), span, plain: true);
                return 0;
        }
    }

    private static int Offset(TomlParser parser, int start) => parser.Current.Span is { } span ? span.Start.Offset + start : start;

    // the end in a span is the last character
    private static TextSpan Span(TomlParser parser, int start) =>
        parser.Current.Span is { } span ? TextSpan.FromBounds(span.Start.Offset + start, span.End.Offset + 1 + start) : new(start, 0);

    // a string without its quotes; the line break behind three opening ones is no part of it
    private static TextSpan Content(ReadOnlySpan<byte> file, TextSpan quoted)
    {
        var text = file.Slice(quoted.Start, quoted.Length);
        var quotes = text.Length >= 6 && (text.StartsWith("\"\"\""u8) || text.StartsWith("'''"u8)) ? 3 : 1;
        if (text.Length < 2 * quotes)
        {
            return quoted;
        }

        var from = quotes;
        from += quotes == 3 && text[from] == '\r' ? 1 : 0;
        from += quotes == 3 && text[from] == '\n' ? 1 : 0;
        return TextSpan.FromBounds(quoted.Start + from, quoted.End - quotes);
    }
}
