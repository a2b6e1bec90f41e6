namespace Cleat.Text;

/// <summary>Text as a POSIX shell takes it for one word.</summary>
public static class ShellWord
{
    public static string Of(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "._-/+=@:,%".Contains(c, StringComparison.Ordinal))
        ? text
        : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>A line that a shell passes over, whatever the text holds: a line break in it would end the comment.</summary>
    internal static string Comment(string text) => "# " + PrintableText.Of(text);

    /// <summary>Words with a space between, behind <c>--</c> where the program would take one of them for an option.</summary>
    internal static string Operands(params IEnumerable<string> words) =>
        words.Any(w => w.StartsWith('-')) ? $"-- {string.Join(' ', words.Select(Of))}" : string.Join(' ', words.Select(Of));
}
