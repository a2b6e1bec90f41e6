using System.Text;
using System.Text.RegularExpressions;
using Cleat.Formats.Helm;
using Cleat.Text;
using Cleat.Trees.Paths;
using Cleat.Uses;

namespace Cleat.Formats.Templates;

/// <summary>
/// A file that is YAML only when its template has run: Go templates, Jinja, ERB. Statements are blanked, and each expression is covered by a variable of its own
/// (<c>$aab</c>), so that all offsets stay and what is made of it is dynamic.
/// </summary>
internal sealed partial class MaskedTemplate
{
    private const int Letters = 26;
    private const int NameLength = 3;
    private const int Most = Letters * Letters * Letters;

    // statements and comments, which leave no text
    private static readonly (byte[] Open, byte[] Close)[] Statements = [("{%"u8.ToArray(), "%}"u8.ToArray()), ("{#"u8.ToArray(), "#}"u8.ToArray()), ("<%"u8.ToArray(), "%>"u8.ToArray())];

    private readonly SourceText source;
    private readonly List<TextSpan> expressions = [];

    private MaskedTemplate(SourceText source)
    {
        this.source = source;
        var text = source.Span.ToArray();
        foreach (var (open, close) in Statements)
        {
            HasStatements |= Blank(text, open, close);
        }

        var masked = new byte[text.Length];
        TemplateMask.Of(text, masked);
        for (var at = 0; at < text.Length && text.AsSpan(at).IndexOf("{{"u8) is var found and >= 0;)
        {
            var start = at + found;
            at = TemplateMask.End(text, start);
            HasStatements |= masked[start] != 'x';
            if (masked[start] == 'x' && at - start > NameLength && expressions.Count < Most)
            {
                Name(expressions.Count, masked.AsSpan(start, at - start));
                expressions.Add(TextSpan.FromBounds(start, at));
            }
        }

        // what a build fills in: @X@, %%X%%
        foreach (var placeholder in Placeholder().Matches(Encoding.Latin1.GetString(masked)).Where(m => m.Length > NameLength && expressions.Count < Most))
        {
            Name(expressions.Count, masked.AsSpan(placeholder.Index, placeholder.Length));
            masked.AsSpan(placeholder.Index + 1 + NameLength, placeholder.Length - 1 - NameLength).Fill((byte)'x');
            expressions.Add(new(placeholder.Index, placeholder.Length));
        }

        Text = new(source.Path, masked);
    }

    /// <summary>The text with everything covered that the template puts in.</summary>
    public SourceText Text { get; }

    /// <summary>True when something in it says what is left out or repeated, so that even the rest need be no YAML.</summary>
    public bool HasStatements { get; }

    /// <summary>Null when nothing in the file is a template's.</summary>
    public static MaskedTemplate? Of(SourceText source) =>
        source.Span.IndexOf("{{"u8) >= 0 || source.Span.IndexOf("{%"u8) >= 0 || source.Span.IndexOf("<%"u8) >= 0
        || source.Span.IndexOf("%%"u8) >= 0 || source.Span.IndexOf((byte)'@') >= 0 ? new(source) : null;

    /// <summary>A use of the masked text as one of the file.</summary>
    /// <param name="isKnown">False for a use that was found line by line, of which nothing more is known.</param>
    public ImageUse Restored(ImageUse use, bool isKnown)
    {
        var text = Restored(use.Text);
        var isMade = text != use.Text || source.Slice(use.Span) != Text.Slice(use.Span);
        var restored = use with { Text = text, Steps = Restored(use.Steps), Problem = use.Problem is { } problem ? Restored(problem) : null, Site = Restored(use.Site) };
        return isMade && (use.Verdict is Verdict.Malformed or Verdict.NotAnImage || (use.Verdict == Verdict.Dynamic && !isKnown))
            ? restored with { Verdict = Verdict.Dynamic, Problem = "the template puts it together", Site = new PinSite.Nowhere("the template puts it together: pin what fills it in") }
            : restored;
    }

    private PinSite Restored(PinSite site) => site switch
    {
        PinSite.Text text when source.Slice(text.Span) == Text.Slice(text.Span) => text with { Prefix = Restored(text.Prefix), Suffix = Restored(text.Suffix) },
        PinSite.Nowhere nowhere => new PinSite.Nowhere(Restored(nowhere.Why)),
        _ => new PinSite.Nowhere("it stands in a template: pin what fills it in, or write the digest by hand"),
    };

    private Steps Restored(Steps steps)
    {
        foreach (var step in steps.Span)
        {
            if (step.Key?.Contains('$', StringComparison.Ordinal) == true)
            {
                return Steps.Of([.. steps.Span.ToArray().Select(s => s.Key is { } key ? Restored(key) : s)]);
            }
        }

        return steps;
    }

    private string Restored(string text)
    {
        StringBuilder? whole = null;
        var done = 0;
        for (var at = text.IndexOf('$', StringComparison.Ordinal); at >= 0; at = text.IndexOf('$', at + 1))
        {
            if (Expression(text.AsSpan(at + 1)) is { } span && at + span.Length <= text.Length && at >= done)
            {
                (whole ??= new()).Append(text, done, at - done).Append(source.Slice(span));
                done = at + span.Length;
            }
        }

        return whole is null ? text : whole.Append(text, done, text.Length - done).ToString();
    }

    [GeneratedRegex("@[A-Za-z_][A-Za-z0-9_]*@|%%[A-Za-z0-9_]+%%", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();

    private static void Name(int number, Span<byte> covered)
    {
        covered[0] = (byte)'$';
        for (var i = NameLength; i > 0; i--, number /= Letters)
        {
            covered[i] = (byte)('a' + (number % Letters));
        }
    }

    private TextSpan? Expression(ReadOnlySpan<char> name)
    {
        var number = 0;
        for (var i = 0; i < NameLength; i++)
        {
            if (i >= name.Length || name[i] is < 'a' or > 'z')
            {
                return null;
            }

            number = (number * Letters) + name[i] - 'a';
        }

        return number < expressions.Count ? expressions[number] : null;
    }

    // true when one of them has lines of its own
    private static bool Blank(Span<byte> text, ReadOnlySpan<byte> open, ReadOnlySpan<byte> close)
    {
        var alone = false;
        for (var at = 0; at < text.Length && text[at..].IndexOf(open) is var found and >= 0;)
        {
            var start = at + found;
            if (text[(start + 2)..].IndexOf(close) is not (var length and >= 0))
            {
                break;
            }

            at = start + length + 4;
            var line = text[..start].LastIndexOf((byte)'\n') + 1;
            var stop = text[at..].IndexOf((byte)'\n') is var n && n < 0 ? text.Length : at + n;
            if (text[line..start].Trim(" \t"u8).IsEmpty && text[at..stop].Trim(" \t\r"u8).IsEmpty)
            {
                // no white space, which could stand further right than the text of a block scalar that begins here
                Fill(text[line..at], (byte)'\n');
                alone = true;
            }
            else if (open[1] == '#')
            {
                Fill(text[start..at], (byte)' ');
            }
            else
            {
                // within a line it chooses what stands there: an expression like any other
                text.Slice(start, 2).Fill((byte)'{');
                text.Slice(at - 2, 2).Fill((byte)'}');
                Cover(text[(start + 2)..(at - 2)]);
            }
        }

        return alone;
    }

    private static void Fill(Span<byte> text, byte with)
    {
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = text[i] == '\r' ? text[i] : text[i] == '\n' ? text[i] : with;
        }
    }

    private static void Cover(Span<byte> text)
    {
        foreach (ref var b in text)
        {
            b = b is (byte)'\n' or (byte)'\r' ? b : (byte)'x';
        }
    }
}
