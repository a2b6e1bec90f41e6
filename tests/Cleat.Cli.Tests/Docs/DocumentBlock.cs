using System.Text;
using System.Text.RegularExpressions;

namespace Cleat.Cli.Tests.Docs;

/// <summary>A fenced block of a document: <c>```yaml .github/workflows/cleat.yml</c> says its language and the file that it is to be pasted into.</summary>
/// <param name="Document">From the project's root.</param>
/// <param name="Section">The heading above it.</param>
/// <param name="File">Empty when it names none.</param>
internal sealed partial record DocumentBlock(string Document, string Section, string Language, string File, string Text)
{
    /// <summary>The documents of the project that people read, from its root.</summary>
    public static IReadOnlyList<string> Documents { get; } =
    [
        .. Directory.EnumerateFiles(SourceTree.Root, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(f => Path.GetRelativePath(SourceTree.Root, f)).Where(f => !f.Contains("node_modules", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<DocumentBlock> All { get; } = [.. Documents.SelectMany(Of)];

    public override string ToString() => $"{Document} {Section} {File}";

    private static List<DocumentBlock> Of(string document)
    {
        List<DocumentBlock> blocks = [];
        Queue<string> lines = new(System.IO.File.ReadLines(Path.Combine(SourceTree.Root, document)));
        var section = "";
        while (lines.TryDequeue(out var line))
        {
            section = line.StartsWith('#') ? line.TrimStart('#').Trim() : section;
            if (Fence().Match(line) is { Success: true } fence)
            {
                blocks.Add(new(document, section, fence.Groups[2].Value, fence.Groups[3].Value, Until(lines, fence.Groups[1].Value, document)));
            }
        }

        return blocks;
    }

    private static string Until(Queue<string> lines, string end, string document)
    {
        StringBuilder text = new();
        while (lines.TryDequeue(out var line))
        {
            if (line == end)
            {
                return text.ToString();
            }

            text.Append(line).Append('\n');
        }

        throw new InvalidDataException($"{document}: a block is not closed");
    }

    [GeneratedRegex(@"^(```+)([a-z]*)(?: (\S+))?$")]
    private static partial Regex Fence();
}
