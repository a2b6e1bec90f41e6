using Cleat.Formats.Embedded;
using Cleat.Trees.Comments;
using Cleat.Trees.Paths;
using Cleat.Uses;

namespace Cleat.Formats.Dockerfile;

/// <summary>
/// The images a Dockerfile names: FROM, COPY --from, ADD --from, RUN --mount from, # syntax, and ONBUILD of these.
/// Read the way BuildKit's own parser does, from bytes, in one pass.
/// </summary>
internal static class DockerfileFormat
{
    public static IReadOnlyList<Format> All { get; } =
    [
        new("dockerfile", "Dockerfile, Containerfile", [.. DockerfileName.Patterns])
        {
            Claims = (path, _) => ClaimsName(path.AsSpan()[(path.LastIndexOf('/') + 1)..]),
            Comments = CommentSyntax.Dockerfile,
            Read = reading => Read(reading.Source.Bytes, OffsetMap.Shift(0), reading.Format.Name, Steps.Root, reading.Sink),
            Where = "FROM, COPY --from, ADD --from, RUN --mount from, # syntax, ONBUILD of these; ARG defaults that name an image or its tag",
            Signs = new() { WordsOfAny = ["FROM"] },
        },
    ];

    /// <summary>Whether a file of this name is read as a Dockerfile.</summary>
    internal static bool ClaimsName(ReadOnlySpan<char> fileName) => DockerfileName.Claims(fileName);

    /// <param name="text">A whole file, or a Dockerfile that stands inside another format's text.</param>
    /// <param name="map">Where its bytes stand in the file.</param>
    /// <param name="above">Stands before the instruction in <see cref="ImageUse.Path"/>.</param>
    internal static void Read(ReadOnlyMemory<byte> text, OffsetMap map, string formatName, Steps above, UseSink sink)
    {
        var start = text.Span.StartsWith("\uFEFF"u8) ? 3 : 0;
        var directives = Directives.Read(text.Span, start);
        Instructions instructions = new(text, start, directives.Escape);
        instructions.Read();
        if (directives.SyntaxStart >= 0)
        {
            instructions.Mentions.Insert(0, Syntax(text.Span, directives));
        }

        Placement placement = new(map, text.Length, formatName, above);
        placement.Place(instructions.Mentions, instructions.Stages);
        foreach (var use in placement.Uses)
        {
            sink.Add(use);
        }

        if (instructions.HiddenBehind >= 0)
        {
            sink.Problem(map[instructions.HiddenBehind], "a heredoc of this instruction never ends, so what follows it could not be read: write its delimiter on a line of its own");
        }
    }

    private static Mention Syntax(ReadOnlySpan<byte> text, Directives directives)
    {
        Expansion value = new();
        for (var i = directives.SyntaxStart; i < directives.SyntaxEnd; i++)
        {
            value.Cells.Add(new Cell(text[i], i));
        }

        return new Mention("syntax", value.Text, directives.SyntaxStart, directives.SyntaxEnd, value, MentionPlace.Syntax, 0);
    }
}
