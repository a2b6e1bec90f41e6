using Cleat.Text;
using Cleat.Trees.Paths;
using Cleat.Uses;

namespace Cleat.Formats.Variables;

/// <summary>
/// A reference put together from pieces: text that stands at the place itself, and values of variables that stand elsewhere.
/// A digest goes to the end of a reference, so the piece at the end says where the reference is judged and pinned: at the place, or
/// where the literal stands; one whose literal stands in another file is that file's.
/// </summary>
internal sealed class Assembled
{
    private enum Origin
    {
        Here,
        ThisFile,
        OtherFile,
        Unknown,
    }

    private readonly record struct Piece(string Text, TextSpan? Span, Origin Origin, Steps? Path = null, string Note = "", bool IsShared = false);

    private readonly List<Piece> pieces = [];

    /// <summary>The text with every known value put in, unknown variables as written.</summary>
    public string Text => string.Concat(pieces.Select(p => p.Text));

    /// <summary>The first variable that is not known, as written, or null.</summary>
    public string? Unknown => pieces.Find(p => p.Origin == Origin.Unknown) is { Text: { } text } ? text : null;

    /// <summary>Text at the place itself, a default among it.</summary>
    /// <param name="span">Where it stands, or null when its bytes are others.</param>
    public void AddText(string text, TextSpan? span) => pieces.Add(new(text, span, Origin.Here));

    /// <summary>A variable's value.</summary>
    public void AddValue(KnownValue value) =>
        pieces.Add(new(value.Value, value.Span, value.Span is null ? Origin.OtherFile : Origin.ThisFile, value.Path, value.OtherFile ?? "", value.IsShared));

    /// <summary>A variable that is not known.</summary>
    /// <param name="why">Where its value comes from and what to do.</param>
    public void AddUnknown(string written, string why) => pieces.Add(new(written, null, Origin.Unknown, Note: why));

    /// <summary>Whole pieces of another text put in here.</summary>
    public void Add(Assembled inner) => pieces.AddRange(inner.pieces);

    /// <summary>True when the end of the reference is a variable's value in this file.</summary>
    public bool EndsInValue => pieces.Count > 0 && pieces[^1].Origin == Origin.ThisFile && Unknown is null;

    /// <summary>The use that the pieces make in this file. One whose literal stands in another file is no image here: it is judged there.</summary>
    /// <param name="written">The text of the place as it is written, at <paramref name="span"/>.</param>
    public ImageUse Use(string format, Steps path, string written, TextSpan span, string? comment)
    {
        var full = Text;
        var last = pieces.Count == 0 ? new Piece("", span, Origin.Here) : pieces[^1];
        var prefix = full[..(full.Length - last.Text.Length)];
        if (pieces.Find(p => p.Origin == Origin.Unknown) is { Text: not null } unknown)
        {
            PinSite known = full.Contains('@', StringComparison.Ordinal) && last.Span is { } end ? new PinSite.Text(end, prefix) : new PinSite.Nowhere(unknown.Note);
            return ScalarUse.Judged(format, path, full, span, known, null) with { Text = written };
        }

        var alone = prefix.Length == 0;
        switch (last.Origin)
        {
            case Origin.Here when last.Span is { } at:
                return alone && last.Text.Length > 0
                    ? ScalarUse.Judged(format, path, full, at, new PinSite.Text(at, LineComment: at == span ? comment : null), null)
                    : ScalarUse.Judged(format, path, full, span, new PinSite.Text(at, prefix), null) with { Text = written };
            case Origin.ThisFile when last.Span is { } at:
                PinSite site = alone || !last.IsShared
                    ? new PinSite.Text(at, prefix)
                    : new PinSite.Nowhere("the value is used in other places too, which a digest could break: write the whole reference where the image is named");
                return ScalarUse.Judged(format, last.Path!, full, at, site, null) with { Text = last.Text };
            case Origin.OtherFile:
                return ScalarUse.Local(format, path, written, span, $"its value stands in {last.Note}, where it is judged");
            default:
                return ScalarUse.Judged(format, path, full, span, new PinSite.Nowhere("it is written with escapes: write it plainly first"), null) with { Text = written };
        }
    }
}

/// <summary>A variable with a literal value.</summary>
/// <param name="Span">Where the value stands in the file that is read; null when it stands in another one.</param>
/// <param name="Path">Where that is in its document.</param>
/// <param name="IsShared">It is used in other places of the file too: it may take a digest only when it is the whole reference.</param>
internal readonly record struct KnownValue(string Value, TextSpan? Span, Steps Path, bool IsShared)
{
    /// <summary>The other file that it stands in, for people; null when it is the file that is read.</summary>
    public string? OtherFile { get; init; }

    /// <summary>A value that stands in another file, where it is judged.</summary>
    public static KnownValue In(string file, string value) => new(value, null, Steps.Root, false) { OtherFile = file };
}
