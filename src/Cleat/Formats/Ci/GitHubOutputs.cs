using System.Text;
using Cleat.Text;

namespace Cleat.Formats.Ci;

/// <summary>Outputs that a step's script writes as literals (docs.github.com, "Workflow commands", Setting an output parameter).</summary>
internal static class GitHubOutputs
{
    /// <summary>The literals that a script gives an output: <c>echo "name=value" >> "$GITHUB_OUTPUT"</c>. None when one of them is no literal.</summary>
    /// <param name="script">Where the script stands.</param>
    public static IReadOnlyList<(string Text, TextSpan Span)> Find(SourceText source, TextSpan script, string output)
    {
        List<(string, TextSpan)> found = [];
        var name = Encoding.UTF8.GetBytes(output + "=");
        for (var start = script.Start; start < script.End;)
        {
            var line = source.Span[start..script.End];
            line = line.IndexOf((byte)'\n') is var end and >= 0 ? line[..end] : line;
            if (line.IndexOf("GITHUB_OUTPUT"u8) > 0 && line.IndexOf(name) is var at && at > 0 && line[at - 1] is (byte)' ' or (byte)'"' or (byte)'\'')
            {
                var value = line[(at + name.Length)..];
                var length = value.IndexOfAny("\"' >"u8);
                if (length <= 0 || value[..length].IndexOfAny("$`\\"u8) >= 0 || !Ascii.IsValid(value[..length]))
                {
                    return [];
                }

                TextSpan span = new(start + at + name.Length, length);
                found.Add((source.Slice(span), span));
            }

            start += line.Length + 1;
        }

        return found;
    }
}
