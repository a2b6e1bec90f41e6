namespace Cleat.Cli.Completion;

/// <summary>What a shell shows beside a word.</summary>
internal static class CompletionText
{
    /// <summary>The first sentence, without its end.</summary>
    public static string Short(string text)
    {
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).TrimEnd('.');
    }
}
