using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Formats.Hcl;

/// <summary>
/// A file with a template in it whose expressions are masked, byte for byte, so that what the template makes can be read where it stands: <c>$(…)</c>, which
/// no syntax minds, stands for <c>${…}</c>, and nothing for a directive.
/// </summary>
internal sealed class TemplateText
{
    private readonly List<TextSpan> parts;
    private readonly List<(string Mask, string ValueText)> masks = [];

    public TemplateText(SourceText file, TextSpan span, List<TextSpan> parts)
    {
        this.parts = parts;
        if (parts.Count == 0)
        {
            Source = file;
            return;
        }

        var bytes = file.Bytes.ToArray();
        foreach (var part in parts)
        {
            var mask = bytes.AsSpan(part.Start, part.Length);
            var isExpression = mask[0] == '$';
            foreach (ref var b in mask)
            {
                b = !isExpression && b is not ((byte)'\n' or (byte)'\r') ? (byte)' '
                    : isExpression && !(char.IsAsciiLetterOrDigit((char)b) || b is (byte)'.' or (byte)'-') ? (byte)'_'
                    : b;
            }

            if (isExpression)
            {
                (mask[0], mask[1], mask[^1]) = ((byte)'$', (byte)'(', (byte)')');
                masks.Add((System.Text.Encoding.ASCII.GetString(mask), file.Slice(part)));
            }
        }

        Source = new(file.Path, bytes);
    }

    public SourceText Source { get; }

    /// <summary>True when an expression stands in the bytes.</summary>
    public bool Touches(TextSpan span) => parts.Exists(p => p.Start < span.End && p.End > span.Start);

    /// <summary>A use with the expressions as they are written.</summary>
    public ImageUse Unmasked(ImageUse use)
    {
        foreach (var (mask, written) in use.Verdict == Verdict.Dynamic ? masks : [])
        {
            use = use with { Text = use.Text.Replace(mask, written, StringComparison.Ordinal), Problem = use.Problem?.Replace(mask, written, StringComparison.Ordinal) };
        }

        return use;
    }
}
