using System.Runtime.InteropServices;
using Cleat.Formats.Code;
using Cleat.Formats.Dockerfile;
using Cleat.Text;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Earthly;

using Variable = Cleat.Formats.Dockerfile.Variable;

/// <summary>
/// Finds the images of an Earthfile (docs.earthly.dev, "Earthfile reference"): <c>FROM</c> of the base recipe and of each target, and
/// <c>WITH DOCKER --pull</c>. A name with <c>+</c> in it is a target. Lines and words are those of a Dockerfile; an <c>ARG</c> counts in its
/// own target, one of the base recipe with <c>--global</c> in all of them.
/// </summary>
internal sealed class EarthRecipes(Reading reading)
{
    private const byte Escape = (byte)'\\';

    private readonly LogicalLines lines = new(reading.Source.Bytes, reading.Source.BomLength, Escape);
    private readonly Dictionary<string, Variable> everywhere = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Variable> here = new(StringComparer.Ordinal);
    private readonly List<Mention> mentions = [];

    public void Read()
    {
        var target = "";
        while (lines.Next())
        {
            var line = CollectionsMarshal.AsSpan(lines.Line);
            var at = 0;
            if (!Words.NextPlain(line, ref at, out var word))
            {
                continue;
            }

            if (StartsAtMargin(line) && line[word][^1].Byte == ':')
            {
                target = "+" + Cells.Text(line[word][..^1]) + " ";
                here.Clear();
                continue;
            }

            Command(Cells.Text(line[word]), line, at, target);
        }

        CodeText.Place(reading, mentions);
    }

    private void Command(string keyword, ReadOnlySpan<Cell> line, int at, string target)
    {
        switch (keyword)
        {
            case "FROM":
                From(line, at, target + "FROM");
                break;
            case "WITH" when Next(line, ref at, out var what) && Cells.Text(line[what]) == "DOCKER":
                Pulls(line, at, target + "WITH DOCKER --pull");
                break;
            case "ARG" or "LET":
                Declare(line, at, isBase: target.Length == 0, keyword);
                break;
            case "SET":
                if (Next(line, ref at, out var name) && Assignment(line[name], out var equals))
                {
                    var changed = Cells.Text(line[name][..equals]);
                    here[changed] = new Variable(changed) { Unknown = $"{changed} is set again in its target: name the image here" };
                }

                break;
            default:
                break;
        }
    }

    private void From(ReadOnlySpan<Cell> line, int at, string path)
    {
        while (Next(line, ref at, out var word))
        {
            if (Cells.StartsWith(line[word], "--"u8))
            {
                // `--platform linux/amd64`: the value may stand by itself
                if (Cells.Text(line[word]) is "--platform" or "--build-arg")
                {
                    Next(line, ref at, out _);
                }
            }
            else
            {
                if (Cells.Text(line[word]) != "DOCKERFILE")
                {
                    Note(line[word], path);
                }

                return;
            }
        }
    }

    private void Pulls(ReadOnlySpan<Cell> line, int at, string path)
    {
        while (Next(line, ref at, out var word))
        {
            if (Cells.StartsWith(line[word], "--pull="u8))
            {
                if (line[word]["--pull=".Length..] is { IsEmpty: false } named)
                {
                    Note(named, path);
                }
            }
            else if (Cells.Text(line[word]) == "--pull" && Next(line, ref at, out var image))
            {
                Note(line[image], path);
            }
        }
    }

    private void Note(ReadOnlySpan<Cell> word, string path)
    {
        var value = Expander.Expand(word, Escape, Look, inReference: true);
        var bare = word.Length > 2 && word[0].Byte is (byte)'"' or (byte)'\'' && word[^1].Byte == word[0].Byte ? word[1..^1] : word;
        var (text, span) = (Cells.Text(bare), TextSpan.FromBounds(bare[0].At, bare[^1].At + 1));
        if (Cells.IndexOf(bare, (byte)'+') >= 0 || value.Text.Contains('+', StringComparison.Ordinal))
        {
            reading.Sink.Add(ScalarUse.Local(reading.Format.Name, Steps.Of(path), text, span, "a target of an Earthfile"));
        }
        else
        {
            mentions.Add(new Mention(path, text, span.Start, span.End, value, MentionPlace.From, 0));
        }
    }

    private Variable Look(string name) =>
        here.TryGetValue(name, out var found) || everywhere.TryGetValue(name, out found)
            ? found
            : new Variable(name) { Unknown = $"no ARG of this target declares {name}, and no ARG --global" };

    private void Declare(ReadOnlySpan<Cell> line, int at, bool isBase, string keyword)
    {
        var isGlobal = false;
        while (Next(line, ref at, out var word))
        {
            if (Cells.StartsWith(line[word], "--"u8))
            {
                isGlobal |= Cells.Text(line[word]) == "--global";
                continue;
            }

            var isSet = Assignment(line[word], out var equals);
            var literal = isSet ? line[word][(equals + 1)..] : default;
            var name = Cells.Text(isSet ? line[word][..equals] : line[word]);
            (isBase && isGlobal ? everywhere : here)[name] = Variable(name, literal, isSet, keyword);
            return;
        }
    }

    private Variable Variable(string name, ReadOnlySpan<Cell> literal, bool isSet, string keyword)
    {
        if (!isSet || Runs(literal))
        {
            return new Variable(name) { Unknown = isSet ? $"a command gives {name} its value" : $"{keyword} {name} has no default: it is given to the build" };
        }

        var value = Expander.Expand(literal, Escape, Look, inReference: false);
        var isQuoted = literal.Length > 1 && literal[0].Byte is (byte)'"' or (byte)'\'' && literal[^1].Byte == literal[0].Byte;
        var bare = isQuoted ? literal[1..^1] : literal;
        return new Variable(name)
        {
            Value = value,
            Unknown = value.Unknown,
            Keyword = keyword,
            IsReadElsewhere = true,
            Start = bare.IsEmpty ? 0 : bare[0].At,
            End = bare.IsEmpty ? 0 : bare[^1].At + 1,
        };
    }

    // ARG X=$(command)
    private static bool Runs(ReadOnlySpan<Cell> word) => Cells.Text(word).Contains("$(", StringComparison.Ordinal);

    private static bool Assignment(ReadOnlySpan<Cell> word, out int equals) => (equals = Cells.IndexOf(word, (byte)'=')) > 0;

    private static bool Next(ReadOnlySpan<Cell> line, ref int at, out Range word) =>
        Words.NextQuoted(line, ref at, Escape, out word, out _) && line[word][0].Byte != '#';

    // a recipe is indented, the name of its target is not
    private bool StartsAtMargin(ReadOnlySpan<Cell> line) => line[0].At == reading.Source.BomLength || reading.Source.Span[line[0].At - 1] is (byte)'\n';
}
