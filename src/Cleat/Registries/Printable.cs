namespace Cleat.Registries;

/// <summary>Text of a stranger, made fit for a message: short, and without control characters that could write to a terminal.</summary>
internal static class Printable
{
    internal static string Clean(string text)
    {
        var cut = text.Length > 80 ? text[..80] + "…" : text;
        return string.Create(cut.Length, cut, static (to, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                to[i] = char.IsControl(from[i]) || char.IsSurrogate(from[i]) || from[i] is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') ? '?' : from[i];
            }
        });
    }
}
