using Cleat.Formats.Embedded;
using Cleat.Text;
using Cleat.Trees.Paths;
using Cleat.Uses;

namespace Cleat.Formats.Dockerfile;

/// <summary>Turns mentions into uses: judges them and finds where a digest would be written.</summary>
internal sealed class Placement(OffsetMap map, int length, string formatName, Steps above)
{
    private readonly HashSet<Variable> reported = [];

    public List<ImageUse> Uses { get; } = [];

    public void Place(List<Mention> mentions, Stages stages)
    {
        var locals = mentions.ConvertAll(stages.Local);
        for (var i = 0; i < mentions.Count; i++)
        {
            var whole = locals[i] is null ? Whole(mentions[i]) : null;
            foreach (var variable in mentions[i].Value.Variables)
            {
                variable.IsPartOfMore |= variable != whole;
            }
        }

        for (var i = 0; i < mentions.Count; i++)
        {
            if (locals[i] is { } local)
            {
                Uses.Add(At(mentions[i], Verdict.NotAnImage, new PinSite.Nowhere($"it is {local}, no image")) with { Problem = local });
            }
            else if (Whole(mentions[i]) is { IsPartOfMore: false } variable)
            {
                Default(variable, mentions[i].Value);
            }
            else
            {
                Judged(mentions[i]);
            }
        }

        Uses.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
    }

    /// <summary>The ARG whose default is the whole reference, when a digest behind it would be behind the reference.</summary>
    private Variable? Whole(Mention mention)
    {
        var cells = mention.Value.Span;
        if (cells.IsEmpty || TailStart(cells) != 0)
        {
            return null;
        }

        foreach (var variable in mention.Value.Variables)
        {
            if (!variable.IsEnv && variable.IsPlain(cells))
            {
                return variable;
            }
        }

        return null;
    }

    // reported once, where the literal stands, however many instructions use it
    private void Default(Variable variable, Expansion value)
    {
        if (!reported.Add(variable))
        {
            return;
        }

        var text = value.Text;
        var judged = Policy.Judge(text);
        var span = Span(variable.Start, variable.End);
        Uses.Add(new ImageUse
        {
            Format = formatName,
            Steps = above.Add($"{variable.Keyword} {variable.Name}"),
            Text = text,
            Span = span,
            Verdict = judged.Verdict,
            Reference = judged.Reference,
            Problem = judged.Problem,
            Site = Closed(judged.Verdict, value) ?? (PinSite)new PinSite.Text(span),
        });
    }

    private void Judged(Mention mention)
    {
        var value = mention.Value;
        var judged = Policy.Judge(value.Text);
        var empty = value.HasExpression && value.Empty is not null && judged.Verdict is Verdict.Malformed or Verdict.NotAnImage;
        if (empty)
        {
            // `ARG TAG=` is there to be filled: the reference is not wrong, it is not known
            judged = Policy.Judge(mention.Written);
            value.Unknown ??= value.Empty;
        }

        var site = Closed(judged.Verdict, value) ?? Site(mention, judged.Verdict);
        Uses.Add(At(mention, judged.Verdict, site) with { Reference = judged.Reference, Problem = judged.Problem });
    }

    private static PinSite.Nowhere? Closed(Verdict verdict, Expansion value) => verdict switch
    {
        Verdict.Dynamic => new PinSite.Nowhere(value.Unknown ?? (value.Text.Contains('$', StringComparison.Ordinal) ? null : "a placeholder stands here: what fills it in names the image") ?? "an escaped or lone '$' stands in it, which no reference can hold"),
        Verdict.Malformed => new PinSite.Nowhere("it is no well-formed reference: correct it by hand"),
        Verdict.NotAnImage => new PinSite.Nowhere("no image is named here"),
        _ => null,
    };

    private ImageUse At(Mention mention, Verdict verdict, PinSite site) => new()
    {
        Format = formatName,
        Steps = above.Add(mention.Path),
        Text = mention.Written,
        Span = Span(mention.Start, mention.End),
        Verdict = verdict,
        Site = site,
    };

    /// <summary>
    /// A digest goes behind the last byte of the reference, where that byte is written: in the instruction itself, or in an ARG that
    /// nothing else reads; else behind the expression that ends the reference.
    /// </summary>
    private PinSite Site(Mention mention, Verdict verdict)
    {
        var cells = mention.Value.Span;
        var tail = TailStart(cells);
        if (tail < cells.Length)
        {
            var (first, last) = (cells[tail].At, cells[^1].At);
            var prefix = Cells.Text(cells[..tail]);
            if (first >= mention.Start && last < mention.End)
            {
                return new PinSite.Text(Span(first, last + 1), prefix);
            }

            if (mention.Value.Variables.Find(v => first >= v.Start && last < v.End) is { IsGlobal: true, IsEnv: false, Mentions: 1, IsReadElsewhere: false })
            {
                return new PinSite.Text(Span(first, last + 1), prefix);
            }
        }

        if (verdict == Verdict.Pinned)
        {
            var end = cells[^1].At;
            var holder = mention.Value.Variables.Find(v => end >= v.Start && end < v.End);
            return new PinSite.Nowhere(holder is null
                ? "the digest is written with escapes or over several lines: change it by hand"
                : $"the digest stands in {holder.Keyword} {holder.Name}, which more than this reads: change it there");
        }

        return mention.IsText
            ? new PinSite.Text(new TextSpan(FileEnd(mention.End), 0), mention.Value.Text)
            : new PinSite.Nowhere($"{mention.Written} is part of other names too: name the image here");
    }

    // start of the bytes at the end that stand in the file one behind the other; the length when not even the last is written as itself
    private int TailStart(ReadOnlySpan<Cell> cells)
    {
        if (cells.IsEmpty || cells[^1].Made || FileEnd(cells[^1].At + 1) != map[cells[^1].At] + 1)
        {
            return cells.Length;
        }

        var start = cells.Length - 1;
        while (start > 0 && !cells[start - 1].Made && cells[start - 1].At + 1 == cells[start].At && map[cells[start - 1].At] + 1 == map[cells[start].At])
        {
            start--;
        }

        return start;
    }

    private TextSpan Span(int start, int end) => end > start ? TextSpan.FromBounds(map[start], FileEnd(end)) : new TextSpan(map[start], 0);

    // The end of the byte before `end`. In a text inside YAML the next byte may stand further on: a CRLF counts as one line
    // break there, and an escape such as \x31 as one byte; two bytes' distance is the former, more is the latter.
    private int FileEnd(int end)
    {
        var last = map[end - 1];
        var next = end <= length ? map[end] : last + 1;
        return next - last > 2 ? next : last + 1;
    }
}
