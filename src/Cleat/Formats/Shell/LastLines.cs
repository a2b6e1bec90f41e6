using Cleat.Formats.Dockerfile;

namespace Cleat.Formats.Shell;

/// <summary>Where each line of a text stands last: whether a here-document is ever closed is known without a look at all that follows.</summary>
internal sealed class LastLines
{
    // by their hashes, as they are and without the tabs in front
    private readonly Dictionary<(int Hash, bool StripTabs), int> last = [];

    public LastLines(ReadOnlySpan<byte> text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text[start..].IndexOf((byte)'\n') is var length and >= 0 ? start + length : text.Length;
            var line = text[start..end].TrimEnd((byte)'\r');
            last[(Hash(line), false)] = start;
            last[(Hash(line.TrimStart((byte)'\t')), true)] = start;
            start = end + 1;
        }
    }

    /// <summary>False when no line from an offset on closes the here-document.</summary>
    public bool MayClose(Heredoc heredoc, int from) => last.TryGetValue((Hash(heredoc.Delimiter), heredoc.StripTabs), out var at) && at >= from;

    private static int Hash(ReadOnlySpan<byte> line)
    {
        HashCode hash = default;
        hash.AddBytes(line);
        return hash.ToHashCode();
    }
}
