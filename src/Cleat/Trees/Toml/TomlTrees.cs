using Cleat.Text;
using Cleat.Trees.Yaml;
using Tomlyn;
using Tomlyn.Parsing;

namespace Cleat.Trees.Toml;

/// <summary>Reads TOML through Tomlyn's events, in which dotted keys and table headers are nested tables already.</summary>
internal static class TomlTrees
{
    private const string NotWellFormed = "not well-formed TOML: ";

    /// <param name="problem">What is not well-formed, or null; what could be read around it is read.</param>
    public static List<Tree> Read(SourceText source, out ReadProblem? problem)
    {
        TreeBuilder builder = new(new(0, source.Bytes.Length));
        TomlLevels levels = new(builder);
        var start = source.BomLength;
        var parser = TomlParser.Create(WideBytes.Widen(source.Span[start..]), new TomlParserOptions { Mode = TomlParserMode.Tolerant });
        problem = null;
        try
        {
            while (problem is null && parser.MoveNext())
            {
                Take(parser, levels, source.Span, start);
                problem = builder.IsFull ? new(Offset(parser, start), TreeBuilder.TooDeep) : null;
            }
        }
        catch (TomlException e)
        {
            problem = new(Math.Clamp((e.Offset ?? 0) + start, 0, source.Bytes.Length), NotWellFormed + e.Diagnostics.FirstOrDefault()?.Message);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            // the library does not look at all that stands in an escape or a date
            problem = new(Math.Min(Offset(parser, start), source.Bytes.Length), NotWellFormed + "the reader stopped behind this place");
        }

        catch (ArgumentException)
        {
            // the library takes an escape that ends too early for a character
            problem = new(Math.Min(Offset(parser, start), source.Bytes.Length), NotWellFormed + "an escape is no character");
        }

        levels.End(source.Bytes.Length);
        if (problem is null && parser.HasErrors)
        {
            var first = parser.Diagnostics[0];
            problem = new(Math.Min(first.Span.Start.Offset + start, source.Bytes.Length), NotWellFormed + first.Message);
        }

        List<Tree> trees = builder.IsEmpty ? [] : [builder.Build(source, TreeSyntax.Toml)];
        builder.End();
        return trees;
    }

    private static void Take(TomlParser parser, TomlLevels levels, ReadOnlySpan<byte> file, int start)
    {
        var at = Offset(parser, start);
        switch (parser.Current.Kind)
        {
            case TomlParseEventKind.StartTable:
                levels.Open(NodeKind.Map, at);
                break;
            case TomlParseEventKind.StartArray:
                levels.Open(NodeKind.Sequence, at);
                break;
            case TomlParseEventKind.EndTable or TomlParseEventKind.EndArray:
                levels.Close(at);
                break;
            case TomlParseEventKind.PropertyName:
                levels.Key(WideBytes.Narrow(parser.GetPropertyName()), Span(parser, start));
                break;
            case TomlParseEventKind.String:
                levels.Scalar(WideBytes.Narrow(parser.GetString()), Content(file, Span(parser, start)), plain: false);
                break;
            case TomlParseEventKind.None or TomlParseEventKind.StartDocument or TomlParseEventKind.EndDocument:
                break;
            default:
                var span = Span(parser, start);
                levels.Scalar(System.Text.Encoding.UTF8.GetString(file.Slice(span.Start, span.Length)), span, plain: true);
                break;
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
