using System.Text;
using Cleat.Text;

namespace Cleat.Formats.Compose;

/// <summary>
/// Compose's variables (compose-spec, 12-interpolation.md): <c>$X</c>, <c>${X}</c>, <c>${X:-default}</c>, <c>${X-default}</c>,
/// <c>${X:?error}</c>, <c>${X:+instead}</c>, nested; <c>$$</c> is a dollar sign. No variable is set as far as Cleat knows, so a
/// default is what runs unless someone sets it.
/// </summary>
internal sealed class Interpolation
{
    private readonly string written;

    private Interpolation(string written, string text, string? unknown, TextSpan? lastDefault, int lastLiteral)
    {
        this.written = written;
        Text = text;
        Unknown = unknown;
        this.lastDefault = lastDefault;
        this.lastLiteral = lastLiteral;
    }

    // the default at the very end, when it is plain text; offsets in characters of the written text
    private readonly TextSpan? lastDefault;

    // where the literal text at the very end starts
    private readonly int lastLiteral;

    /// <summary>The text with every known default put in, unknown variables as written.</summary>
    public string Text { get; }

    /// <summary>The first variable without a default, as written, or null.</summary>
    public string? Unknown { get; }

    public bool IsLiteral => written == Text;

    public static Interpolation Read(string written)
    {
        StringBuilder text = new();
        string? unknown = null;
        TextSpan? lastDefault = null;
        var lastLiteral = 0;
        for (var i = 0; i < written.Length;)
        {
            if (written[i] != '$')
            {
                text.Append(written[i++]);
                lastDefault = null;
                continue;
            }

            if (i + 1 < written.Length && written[i + 1] == '$')
            {
                text.Append('$');
                i += 2;
                lastLiteral = i;
                lastDefault = null;
                continue;
            }

            var end = End(written, i);
            var (value, where) = Value(written, i, end);
            text.Append(value ?? written[i..end]);
            unknown ??= value is null ? written[i..end] : null;
            lastDefault = where;
            i = end;
            lastLiteral = end;
        }

        return new(written, text.ToString(), unknown, lastDefault, lastLiteral);
    }

    /// <summary>The use that this text makes, in ASCII text that stands in the file as it is written.</summary>
    /// <param name="start">Offset of its first byte in the file.</param>
    public ImageUse Use(string format, string path, int start, string? comment)
    {
        TextSpan span = new(start, Encoding.UTF8.GetByteCount(written));
        if (IsLiteral)
        {
            return ScalarUse.Judged(format, path, written, span, new PinSite.Text(span, LineComment: comment), null);
        }

        if (lastDefault is { Length: > 0 } only && lastLiteral == written.Length && Text.Length == only.Length)
        {
            // the default is the whole reference: it is judged where it stands
            TextSpan literal = new(start + only.Start, only.Length);
            return ScalarUse.Judged(format, path, Text, literal, new PinSite.Text(literal), null);
        }

        PinSite site = new PinSite.Nowhere($"{Unknown} is set outside this file: pin it there, or give it a default");
        if (Unknown is null || Text.Contains('@', StringComparison.Ordinal))
        {
            var place = lastLiteral < written.Length
                ? TextSpan.FromBounds(lastLiteral, written.Length)
                : lastDefault is { Length: > 0 } last ? last : new TextSpan(written.Length, 0);
            site = new PinSite.Text(new(start + place.Start, place.Length), Prefix: Text[..(Text.Length - place.Length)]);
        }

        return ScalarUse.Judged(format, path, Text, span, site, null) with { Text = written };
    }

    private static int End(string text, int dollar)
    {
        var i = dollar + 1;
        if (i < text.Length && text[i] == '{')
        {
            var depth = 0;
            for (; i < text.Length; i++)
            {
                depth += text[i] == '{' && text[i - 1] == '$' ? 1 : text[i] == '}' ? -1 : 0;
                if (depth == 0)
                {
                    return i + 1;
                }
            }

            return text.Length;
        }

        while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] == '_'))
        {
            i++;
        }

        return i;
    }

    // what an expression stands for while its variable is not set; null when that is not known
    private static (string? Value, TextSpan? Where) Value(string text, int dollar, int end)
    {
        if (end - dollar < 3 || text[dollar + 1] != '{' || text[end - 1] != '}')
        {
            return (null, null);
        }

        var name = dollar + 2;
        while (name < end && (char.IsAsciiLetterOrDigit(text[name]) || text[name] == '_'))
        {
            name++;
        }

        var op = name + (text[name] == ':' ? 1 : 0);
        if (name == dollar + 2 || op >= end - 1)
        {
            return (null, null);
        }

        var body = text[(op + 1)..(end - 1)];
        switch (text[op])
        {
            case '-':
                var inner = Read(body);
                return inner.Unknown is null ? (inner.Text, inner.IsLiteral ? new TextSpan(op + 1, body.Length) : null) : (null, null);
            case '+':
                return ("", null);
            default:
                return (null, null);
        }
    }
}
