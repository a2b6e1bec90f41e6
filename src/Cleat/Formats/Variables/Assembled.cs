using Cleat.Text;
using Cleat.Trees.Paths;
using Cleat.Uses;

namespace Cleat.Formats.Variables;

/// <summary>
/// A reference put together from pieces: text that stands at the place itself, and values of variables that stand elsewhere.
/// A digest goes to the end of a reference, so the piece at the end says where the reference is judged and pinned: at the place, or
/// where the value is written; one that is written in another file is judged when that file is read.
/// </summary>
internal sealed class Assembled
{
    /// <param name="Span">The bytes of text at the place; null when they are others than the text.</param>
    /// <param name="Value">The value of a variable; null for text and for what is not known.</param>
    /// <param name="Why">What to say of a variable that is not known; null for all that is.</param>
    private readonly record struct Piece(string Text, TextSpan? Span, KnownValue? Value, string? Why);

    // the piece at the end, and the value that it is written in; none when it stands at the place itself
    private readonly record struct Ending(string Text, TextSpan? Span, KnownValue? Value, bool IsShared);

    private readonly List<Piece> pieces = [];

    /// <summary>The text with every known value put in, unknown variables as written.</summary>
    public string Text => string.Concat(pieces.Select(p => p.Text));

    /// <summary>The first variable that is not known, as written, or null.</summary>
    public string? Unknown => FirstUnknown?.Text;

    /// <summary>True when the end of the reference is a variable's value in this file.</summary>
    public bool EndsInValue => FirstUnknown is null && End is { Value: { OtherFile: null }, Span: not null };

    private Piece? FirstUnknown
    {
        get
        {
            foreach (var piece in pieces)
            {
                if (piece.Why is not null)
                {
                    return piece;
                }

                if (piece.Value?.Pieces?.FirstUnknown is { } inner)
                {
                    return inner;
                }
            }

            return null;
        }
    }

    private Ending End
    {
        get
        {
            if (pieces.Count == 0)
            {
                return default;
            }

            var last = pieces[^1];
            if (last.Value is not { } value)
            {
                return new(last.Text, last.Span, null, false);
            }

            // a value that is more than part of the reference may be used anywhere
            var isShared = value.IsShared && pieces.Exists(p => p != last && p.Text.Length > 0);
            return value.Pieces?.End is not { } inner ? new(last.Text, value.Span, value, isShared)
                : inner with { Value = inner.Value ?? value, Span = inner.Value is null && value.OtherFile is not null ? null : inner.Span, IsShared = inner.IsShared || isShared };
        }
    }

    /// <summary>Text at the place itself, a default among it.</summary>
    /// <param name="span">Where it stands, or null when its bytes are others.</param>
    public void AddText(string text, TextSpan? span) => pieces.Add(new(text, span, null, null));

    /// <summary>A dollar sign that is written twice, and so begins no variable.</summary>
    public void AddDollar() => pieces.Add(new("$", null, null, null));

    /// <summary>A variable's value.</summary>
    public void AddValue(KnownValue value) => pieces.Add(new(value.Text, null, value, null));

    /// <summary>A variable that is not known.</summary>
    /// <param name="why">Where its value comes from and what to do.</param>
    public void AddUnknown(string written, string why) => pieces.Add(new(written, null, null, why));

    /// <summary>Whole pieces of another text put in here.</summary>
    public void Add(Assembled inner) => pieces.AddRange(inner.pieces);

    /// <summary>The use that the pieces make in this file. One whose end is written in another file is no image here: it is judged there.</summary>
    /// <param name="written">The text of the place as it is written, at <paramref name="span"/>.</param>
    public ImageUse Use(string format, Steps path, string written, TextSpan span, string? comment)
    {
        var full = Text;
        var end = pieces.Count == 0 ? new("", span, null, false) : End;
        var prefix = full[..(full.Length - end.Text.Length)];
        if (FirstUnknown is { } unknown)
        {
            PinSite known = full.Contains('@', StringComparison.Ordinal) && end is { Span: { } at, Value: null } ? new PinSite.Text(at, prefix) : new PinSite.Nowhere(unknown.Why!);
            // what an expression says beside the name may change when the literals in it are pinned
            return ScalarUse.Judged(format, path, full, span, known, null) with { Text = written.Contains(unknown.Text, StringComparison.Ordinal) ? written : full };
        }

        if (pieces.Exists(p => p is { Text: "$", Span: null, Value: null }))
        {
            return ScalarUse.Local(format, path, written, span, "it holds a '$', which no reference can") with { Verdict = Verdict.Malformed };
        }

        if (end.Value is { OtherFile: { } file })
        {
            return ScalarUse.Local(format, path, written, span, $"its value stands in {file}, where it is judged");
        }

        if (end.Span is not { } bytes)
        {
            return ScalarUse.Judged(format, path, full, span, new PinSite.Nowhere("it is written with escapes: write it plainly first"), null) with { Text = written };
        }

        if (end.Value is { } value)
        {
            PinSite site = !end.IsShared
                ? new PinSite.Text(bytes, prefix)
                : new PinSite.Nowhere("the value is used in other places too, which a digest could break: write the whole reference where the image is named");
            return ScalarUse.Judged(format, value.Path, full, value.Span ?? bytes, site, null) with { Text = value.Value };
        }

        return prefix.Length == 0 && end.Text.Length > 0
            ? ScalarUse.Judged(format, path, full, bytes, new PinSite.Text(bytes, LineComment: bytes == span ? comment : null), null)
            : ScalarUse.Judged(format, path, full, span, new PinSite.Text(bytes, prefix), null) with { Text = written };
    }
}
