using Cleat.Formats.Code;

namespace Cleat.Formats.Bazel;

/// <summary>
/// Finds the images that Bazel fetches: <c>oci.pull</c> and <c>oci_pull</c> of rules_oci (oci/pull.bzl), <c>container_pull</c> of rules_docker
/// (container/pull.bzl). A digest wins over a tag, which then is there for people.
/// </summary>
internal static class PullCalls
{
    public static void Read(Reading reading)
    {
        var tokens = Tokens.Read(reading.Source, CodeSyntax.Starlark);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens.IsMark(i + 1, '(') && !tokens.IsWord(i - 1, "def") && Name(tokens, i) is { } name)
            {
                new PullCall(reading, tokens, i + 1, name).Read();
            }
        }

        if (tokens.Unclosed >= 0)
        {
            reading.Sink.Problem(tokens.Unclosed, "a string that begins here is not closed: what follows may be misread");
        }
    }

    // an extension may be bound to any name: what counts is its tag `pull`
    private static string? Name(Tokens tokens, int word) =>
        tokens.IsWord(word, "oci_pull") || tokens.IsWord(word, "container_pull") ? tokens.Slice(word)
        : tokens.IsWord(word, "pull") && tokens.IsMark(word - 1, '.') && tokens[word - 2].Kind == TokenKind.Word ? tokens.Slice(word - 2) + ".pull"
        : null;
}
