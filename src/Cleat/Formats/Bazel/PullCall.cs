using Cleat.Formats.Code;
using Cleat.Text;
using Cleat.Trees.Paths;
using Cleat.Uses;

namespace Cleat.Formats.Bazel;

/// <summary>One call that fetches an image, and its arguments by name.</summary>
internal sealed class PullCall
{
    private readonly Reading reading;
    private readonly Tokens tokens;
    private readonly string call;
    private readonly int open;
    private readonly Dictionary<string, (int Key, int Start, int End)> arguments = new(StringComparer.Ordinal);

    public PullCall(Reading reading, Tokens tokens, int open, string call)
    {
        (this.reading, this.tokens, this.open, this.call) = (reading, tokens, open, call);
        var close = tokens.Close(open);
        for (var i = tokens.SkipBreaks(open + 1); i < close;)
        {
            var end = tokens.ExpressionEnd(i, stopsAtBreak: false);
            if (tokens[i].Kind == TokenKind.Word && tokens.IsMark(i + 1, '=') && tokens.SkipBreaks(i + 2) is var start && start < end)
            {
                arguments.TryAdd(tokens.Slice(i), (i, start, end));
            }

            i = tokens.SkipBreaks(Math.Max(end, i + 1));
            i = tokens.IsMark(i, ',') ? tokens.SkipBreaks(i + 1) : i;
        }
    }

    public void Read()
    {
        if (tokens.Close(open) == tokens.Count)
        {
            reading.Sink.Problem(tokens[open].Span.Start, "this call is not closed: its image was not read");
            return;
        }

        var named = arguments.ContainsKey("image") ? "image" : "repository";
        if (!arguments.TryGetValue(named, out var place))
        {
            return;
        }

        var path = Steps.Of($"{call}", named);
        foreach (var part in (string[])[named, "registry", "tag", "digest"])
        {
            if (arguments.TryGetValue(part, out var argument) && !IsNone(argument.Start) && !IsText(argument))
            {
                var span = tokens.SpanOf(argument.Start, argument.End);
                var expression = reading.Source.Slice(span);
                reading.Sink.Add(DynamicUse.Of(reading.Format.Name, path, expression, span, $"{part} is {expression}, which is not known here"));
                return;
            }
        }

        if (!IsText(place))
        {
            return;
        }

        var image = Text(named)!;
        var scheme = image.IndexOf("://", StringComparison.Ordinal) is var at and >= 0 ? at + 3 : 0;
        var name = (Text("registry") is { Length: > 0 } registry && named == "repository" ? registry + "/" : "") + image[scheme..];
        var (tag, digest) = (Text("tag"), Text("digest"));
        var written = tokens[place.Start].Span;
        if (string.IsNullOrEmpty(digest))
        {
            var inImage = TextSpan.FromBounds(written.Start + scheme, written.End);
            var says = name.Contains('@', StringComparison.Ordinal) || name.LastIndexOf(':') > name.LastIndexOf('/');
            var text = says || string.IsNullOrEmpty(tag) ? name : $"{name}:{tag}";
            PinSite site = says && named == "image" ? new PinSite.Text(inImage) : Insertion(place, says || !string.IsNullOrEmpty(tag));
            reading.Sink.Add(ScalarUse.Judged(reading.Format.Name, path, text, inImage, Refused() ?? site, null));
            return;
        }

        var (key, start, _) = arguments["digest"];
        reading.Sink.Add(ScalarUse.Judged(
            reading.Format.Name,
            path,
            (string.IsNullOrEmpty(tag) ? name : $"{name}:{tag}") + "@" + digest,
            tokens[start].Span,
            new PinSite.Field(tokens[start].Span, Whole(key, start)),
            null));
    }

    // rules_oci takes a tag beside a digest only where the call is to be reproducible, which is the default
    private PinSite.Nowhere? Refused()
    {
        var isReproducible = !arguments.TryGetValue("reproducible", out var said) || !tokens.IsWord(said.Start, "False");
        return arguments.ContainsKey("digest") ? new("the call has a digest without a value: take that argument out first")
            : !isReproducible ? new("rules_oci refuses a tag and a digest together while reproducible is False: take that argument out first")
            : null;
    }

    // in front of the image, where buildifier's order has it: what follows the image, a comment say, stays with it
    private PinSite.InsertField Insertion((int Key, int Start, int End) place, bool hasTag)
    {
        var file = reading.Source.Span;
        var key = tokens[place.Key].Span;
        var text = tokens[place.Start];
        var gap = key.Start;
        while (gap > 0 && file[gap - 1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            gap--;
        }

        var between = gap == key.Start ? " " : reading.Source.Slice(TextSpan.FromBounds(gap, key.Start));
        var equals = reading.Source.Slice(TextSpan.FromBounds(key.End, text.Span.Start - text.QuoteLength));
        var quote = (char)text.Quote;
        PinSite.InsertField digest = new(new(key.Start, 0), $"digest{equals}{quote}", $"{quote},{between}");
        return hasTag || arguments.ContainsKey("tag") ? digest : digest with { Latest = Behind(place, $",{between}tag{equals}{quote}", quote.ToString()) };
    }

    private PinSite.InsertField Behind((int Key, int Start, int End) place, string before, string after) =>
        new(new(tokens[place.Start].Span.End + tokens[place.Start].QuoteLength, 0), before, after);

    // the argument with one comma, and the white space on its side
    private TextSpan Whole(int key, int start)
    {
        var from = tokens[key].Span.Start;
        var end = tokens[start].Span.End + tokens[start].QuoteLength;
        var previous = key - 1;
        while (tokens[previous].Kind == TokenKind.Break)
        {
            previous--;
        }

        var comma = tokens.SkipBreaks(start + 1);
        if (!tokens.IsMark(comma, ','))
        {
            return TextSpan.FromBounds(previous > open ? tokens[previous].Span.Start : from, end);
        }

        var next = tokens[tokens.SkipBreaks(comma + 1)].Span.Start;
        var behind = tokens[comma].Span.End;
        return reading.Source.Span[behind..next].IndexOfAnyExcept(" \t\r\n"u8) < 0 && next < tokens[tokens.Close(open)].Span.Start
            ? TextSpan.FromBounds(from, next)
            : TextSpan.FromBounds(tokens[previous].Span.End, behind);
    }

    private bool IsNone(int start) => tokens.IsWord(start, "None");

    private bool IsText((int Key, int Start, int End) argument) => argument.End == argument.Start + 1 && tokens[argument.Start].Kind == TokenKind.Text;

    private string? Text(string key) =>
        arguments.TryGetValue(key, out var argument) && IsText(argument) ? tokens.Slice(argument.Start) : null;
}
