using System.Text.Json;
using System.Text.Unicode;
using Cleat.Text;

namespace Cleat.Trees.Json;

/// <summary>Reads JSON, comments and trailing commas allowed as the editors' dialect does, several values in a row allowed as kubectl does.</summary>
internal static class JsonTrees
{
    /// <param name="problem">Why the rest was not read, or null.</param>
    public static List<Tree> Read(SourceText source, out ReadProblem? problem)
    {
        problem = null;
        var bom = source.BomLength;
        Utf8JsonReader reader = new(source.Span[bom..], new JsonReaderOptions
        {
            AllowMultipleValues = true,
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
            MaxDepth = TreeBuilder.DeepestNesting + 1,
        });
        List<Tree> trees = [];
        TreeBuilder builder = new(new(0, source.Bytes.Length));
        try
        {
            while (reader.Read())
            {
                Take(ref reader, builder, bom);
                if (reader.CurrentDepth == 0 && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
                {
                    trees.Add(builder.Build(source, TreeSyntax.Json));
                }
            }
        }
        catch (JsonException e)
        {
            var line = (int)Math.Min((e.LineNumber ?? 0) + 1, source.Lines.Count);
            var offset = source.Lines.Start(line) + (line == 1 ? bom : 0) + (int)(e.BytePositionInLine ?? 0);
            problem = new(Math.Min(offset, source.Bytes.Length), "not well-formed JSON: " + FirstSentence(e.Message));
        }
        catch (InvalidOperationException)
        {
            problem = new((int)reader.TokenStartIndex + bom, "not well-formed JSON: a string is not UTF-8 or holds half of a surrogate pair");
        }

        builder.End();
        return trees;
    }

    private static void Take(ref Utf8JsonReader reader, TreeBuilder builder, int shift)
    {
        var start = (int)reader.TokenStartIndex + shift;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                builder.Open(NodeKind.Map, start);
                break;
            case JsonTokenType.StartArray:
                builder.Open(NodeKind.Sequence, start);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                builder.Close(start + 1);
                break;
            case JsonTokenType.String or JsonTokenType.PropertyName:
                if (reader.ValueIsEscaped || !Utf8.IsValid(reader.ValueSpan))
                {
                    builder.Scalar(reader.GetString() ?? "", new(start + 1, reader.ValueSpan.Length), plain: false);
                }
                else
                {
                    builder.AddScalar(new(start + 1, reader.ValueSpan.Length), plain: false);
                }


                break;
            default:
                builder.AddScalar(new(start, reader.ValueSpan.Length), plain: true);
                break;
        }
    }

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).TrimEnd('.', ' ');
    }
}
