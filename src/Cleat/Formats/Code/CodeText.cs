using Cleat.Formats.Dockerfile;
using Cleat.Formats.Embedded;
using Cleat.Text;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Code;

using Variable = Cleat.Formats.Dockerfile.Variable;

/// <summary>Where the expression ends that begins at an offset; the offset itself when none begins there.</summary>
/// <param name="name">The variable's name, or all that stands between the brackets.</param>
internal delegate int ExpressionAt(ReadOnlySpan<byte> file, int at, int end, out string name);

/// <summary>Text with variables in it whose values the same file says, in a syntax simpler than a Dockerfile's.</summary>
internal static class CodeText
{
    /// <summary>The text with the variables put in; what is not known stays as written.</summary>
    /// <param name="escape">Takes the meaning from the byte behind it; 0 for none.</param>
    /// <param name="find">The variable of a name, or null when its value is not known.</param>
    public static Expansion Expand(SourceText source, TextSpan span, byte escape, ExpressionAt? expression, Func<string, Variable?> find)
    {
        Expansion value = new();
        var file = source.Span;
        for (var i = span.Start; i < span.End;)
        {
            var name = "";
            if (escape != 0 && file[i] == escape && i + 1 < span.End)
            {
                value.Cells.Add(new Cell(file[i + 1], i + 1));
                i += 2;
            }
            else if (expression is not null && expression(file, i, span.End, out name) is var end && end > i)
            {
                value.HasExpression = true;
                if (find(name) is { Value: not null } variable)
                {
                    Put(value, variable);
                }
                else
                {
                    value.Unknown ??= $"{name} is set outside this file, or more than once: name the image here";
                    for (; i < end; i++)
                    {
                        value.Cells.Add(new Cell(file[i], i, Expanded: true));
                    }
                }

                i = end;
            }
            else
            {
                value.Cells.Add(new Cell(file[i], i++));
            }
        }

        return value;
    }

    public static void Put(Expansion value, Variable variable)
    {
        variable.Mentions++;
        value.Carry(variable);
        foreach (var cell in variable.Value!.Span)
        {
            value.Cells.Add(cell with { Expanded = true });
        }
    }

    /// <summary>A place that names an image in such text.</summary>
    public static Mention Mention(SourceText source, TextSpan span, string path, Expansion value) =>
        new(path, source.Slice(span), span.Start, span.End, value, MentionPlace.Syntax, 0);

    /// <summary>A variable with a literal; others than references may read it, so only a whole reference in it takes a digest.</summary>
    /// <param name="keyword">What declares it, for people.</param>
    public static Variable Variable(string name, string keyword, Expansion value, TextSpan span) => new(name)
    {
        Keyword = keyword,
        Value = value.Unknown is null && value.Cells.Count is > 0 and <= Expansion.Longest ? value : null,
        Start = span.Start,
        End = span.End,
        IsReadElsewhere = true,
    };

    /// <summary>Judges the mentions of a whole file.</summary>
    public static void Place(Reading reading, List<Mention> mentions)
    {
        Placement placement = new(OffsetMap.Shift(0), reading.Source.Bytes.Length, reading.Format.Name, Steps.Root);
        placement.Place(mentions, new Stages());
        placement.Uses.ForEach(reading.Sink.AddOnce);
    }
}
