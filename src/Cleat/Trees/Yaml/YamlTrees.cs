using Cleat.Text;
using SharpYaml.Events;
using SharpYaml;

namespace Cleat.Trees.Yaml;

/// <summary>
/// Reads YAML documents: plain ones with <see cref="PlainYaml"/>, all others through SharpYaml's events, which never build or expand anything:
/// an alias bomb stays small.
/// </summary>
internal static class YamlTrees
{
    /// <summary>Reads the documents of a part of a file.</summary>
    /// <param name="problem">Why the rest was not read, or null.</param>
    public static List<Tree> Read(SourceText source, TextSpan part, out ReadProblem? problem)
    {
        problem = null;
        return ReadPlain(source, part) ?? ReadAny(source, part, out problem);
    }

    /// <summary>Reads what <see cref="PlainYaml"/> reads; null for all else.</summary>
    public static List<Tree>? ReadPlain(SourceText source, TextSpan part)
    {
        TreeBuilder builder = new(part);
        List<Tree>? trees = !PlainYaml.TryRead(source.Span.Slice(part.Start, part.Length), part.Start, builder) ? null
            : builder.IsEmpty ? [] : [builder.Build(source, TreeSyntax.Yaml)];
        builder.End();
        return trees;
    }

    /// <summary>Reads what is plain and what is not.</summary>
    internal static List<Tree> ReadAny(SourceText source, TextSpan part, out ReadProblem? problem)
    {
        problem = null;
        TreeBuilder builder = new(part);
        List<Tree> trees = [];
        try
        {
            Parser<WideBytes> parser = new(new WideBytes(source.Bytes.Slice(part.Start, part.Length)), TreeBuilder.DeepestNesting * 2, source.Path);
            while (parser.MoveNext())
            {
                if (parser.Current is DocumentEnd)
                {
                    trees.Add(builder.Build(source, TreeSyntax.Yaml));
                }
                else if (builder.IsFull)
                {
                    problem = new(part.Start + (parser.Current?.Start.Index ?? 0), TreeBuilder.TooDeep);
                    break;
                }
                else
                {
                    Take(parser.Current, builder, source.Span, part.Start);
                }
            }
        }
        catch (YamlException e)
        {
            problem = new(Math.Clamp(part.Start + e.Start.Index, 0, source.Bytes.Length), Plain(e));
        }

        builder.End();
        return trees;
    }

    private static void Take(ParsingEvent? read, TreeBuilder builder, ReadOnlySpan<byte> text, int shift)
    {
        switch (read)
        {
            case Scalar s:
                builder.Scalar(WideBytes.Narrow(s.Value), Content(text, s, shift), s.Style == ScalarStyle.Plain, s.Anchor, s.Tag);
                break;
            case AnchorAlias a:
                builder.Alias(a.Value, TextSpan.FromBounds(a.Start.Index + shift, a.End.Index + shift));
                break;
            case MappingStart m:
                builder.Open(NodeKind.Map, m.Start.Index + shift, m.Anchor, m.Tag);
                break;
            case SequenceStart q:
                builder.Open(NodeKind.Sequence, q.Start.Index + shift, q.Anchor, q.Tag);
                break;
            case MappingEnd or SequenceEnd:
                builder.Close(read.End.Index + shift);
                break;
            default:
                break;
        }
    }

    // an event's marks include anchor, tag, quotes and a block scalar's header
    private static TextSpan Content(ReadOnlySpan<byte> text, Scalar s, int shift)
    {
        var start = s.Start.Index + shift;
        var end = Math.Min(s.End.Index + shift, text.Length);
        start = SkipProperties(text, start, end);

        switch (s.Style)
        {
            case ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted when end - start >= 2:
                return TextSpan.FromBounds(start + 1, end - 1);
            case ScalarStyle.Literal or ScalarStyle.Folded:
                var header = text[start..end].IndexOfAny((byte)'\n', (byte)'\r');
                start = header < 0 ? end : start + header;
                break;
            default:
                break;
        }

        while (start < end && text[start] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
        {
            start++;
        }

        while (end > start && text[end - 1] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
        {
            end--;
        }

        return TextSpan.FromBounds(start, end);
    }

    private static int SkipProperties(ReadOnlySpan<byte> text, int at, int end)
    {
        while (at < end && text[at] is (byte)'&' or (byte)'!')
        {
            while (at < end && text[at] > ' ')
            {
                at++;
            }

            while (at < end && text[at] is <= (byte)' ' or (byte)'#')
            {
                if (text[at] == '#')
                {
                    var line = text[at..end].IndexOf((byte)'\n');
                    at = line < 0 ? end : at + line;
                }
                else
                {
                    at++;
                }
            }
        }

        return at;
    }

    // the library puts "Lin: 1, Col: 2, Chr: 3" in front; the place is said by Cleat itself
    private static string Plain(YamlException e)
    {
        var message = e.Message;
        var colon = message.LastIndexOf("): ", StringComparison.Ordinal);
        message = colon < 0 ? message : message[(colon + 3)..];
        return "not well-formed YAML: " + message.TrimEnd('.');
    }
}
