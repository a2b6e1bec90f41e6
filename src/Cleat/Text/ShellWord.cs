namespace Cleat.Text;

/// <summary>Text as a POSIX shell takes it for one word.</summary>
public static class ShellWord
{
    public static string Of(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "._-/+=@:,%".Contains(c, StringComparison.Ordinal))
        ? text
        : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
