using System.Buffers;
using System.Text;
using Cleat.Text;

namespace Cleat.Cli;

/// <summary>
/// What every text for people goes through on its way out. Control characters and what hides text become stand-ins; what a CI system would take for a
/// command of its own (<c>::add-mask::</c> at the start of a line, <c>##[group]</c>, <c>##vso[…]</c>, <c>##teamcity[…]</c>) gets a backslash put in.
/// </summary>
/// <param name="target">Disposed with this when <paramref name="owns"/>.</param>
/// <param name="codes">True to let colours and the line of progress pass: SGR, erasing the line, going back to its start.</param>
internal sealed class PrintableWriter(TextWriter target, bool codes, bool owns = false) : TextWriter
{
    // C0 without the line feed, DEL, C1, soft hyphen and all of category Cf and Zl, Zp; and '#', which commands begin with
    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(c => c != '\n').Concat(Enumerable.Range(0x7F, 0x21)).Select(c => (char)c),
            .. "#\n\u00AD\u061C\u06DD\u070F\u180E\u200B\u200C\u200D\u200E\u200F\u2028\u2029\u202A\u202B\u202C\u202D\u202E\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206A\u206B\u206C\u206D\u206E\u206F\uFEFF\uFFF9\uFFFA\uFFFB"]);

    // what is written in one go goes out in one go: standard error has no buffer of its own
    private readonly ArrayBufferWriter<char> ready = new();
    private Place place = Place.Start;

    /// <summary>What the last characters of the line may be the beginning of.</summary>
    private enum Place
    {
        /// <summary>Nothing but white space so far: GitHub's runner leaves that aside.</summary>
        Start,
        Colon,
        Inside,
        Hash,

        /// <summary><c>##</c> and perhaps letters.</summary>
        Command,
    }

    public override Encoding Encoding => target.Encoding;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> text)
    {
        if (place == Place.Inside && !text.ContainsAny(Special))
        {
            target.Write(text);
            return;
        }

        Take(text);
        Pass();
    }

    public override void WriteLine() => Write('\n');

    public override void WriteLine(string? value)
    {
        Take(value);
        Take("\n");
        Pass();
    }

    public override void Flush() => target.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            target.Flush();
            if (owns)
            {
                target.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private void Take(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (place == Place.Inside)
            {
                var plain = text.IndexOfAny(Special) is var found && found < 0 ? text.Length : found;
                ready.Write(text[..plain]);
                text = text[plain..];
                if (text.IsEmpty)
                {
                    return;
                }
            }

            text = text[One(text)..];
        }
    }

    private void Pass()
    {
        target.Write(ready.WrittenSpan);
        ready.ResetWrittenCount();
    }

    // how many characters are done with
    private int One(ReadOnlySpan<char> text)
    {
        var c = text[0];
        if (codes && Code(text) is > 0 and var length)
        {
            ready.Write(text[..length]);
            return length;
        }

        if (c != '\n' && c != '\t' && Special.Contains(c) && c != '#')
        {
            ready.Write(PrintableText.Of(c.ToString()));
            place = Place.Inside;
            return 1;
        }

        if ((place == Place.Colon && c == ':') || (place == Place.Command && c == '['))
        {
            ready.Write("\\");
            place = Place.Inside;
        }
        else
        {
            place = (place, c) switch
            {
                (_, '\n') => Place.Start,
                (Place.Hash or Place.Command, '#') => Place.Command,
                (_, '#') => Place.Hash,
                (Place.Start, ':') => Place.Colon,
                (Place.Start, _) when char.IsWhiteSpace(c) => Place.Start,
                (Place.Command, _) when char.IsAsciiLetter(c) => Place.Command,
                _ => Place.Inside,
            };
        }

        ready.Write([c]);
        return 1;
    }

    // one of our own: \r, ESC [ K, ESC [ digits m
    private static int Code(ReadOnlySpan<char> text)
    {
        if (text[0] == '\r')
        {
            return 1;
        }

        if (text is not ['\e', '[', ..])
        {
            return 0;
        }

        var at = 2;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == ';'))
        {
            at++;
        }

        return at < text.Length && (text[at] == 'm' || (text[at] == 'K' && at == 2)) ? at + 1 : 0;
    }
}
