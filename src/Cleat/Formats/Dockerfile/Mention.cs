namespace Cleat.Formats.Dockerfile;

/// <summary>One place where an instruction names an image or a stage.</summary>
/// <param name="Path">The instruction: <c>FROM</c>, <c>COPY --from</c>, …</param>
/// <param name="Written">What stands there, without quotes around it.</param>
/// <param name="Start">Where that is written; offsets into the text.</param>
/// <param name="Value">The same with the variables put in.</param>
/// <param name="Place">What it may name besides an image.</param>
/// <param name="StagesBefore">How many stages are begun before it.</param>
internal sealed record Mention(string Path, string Written, int Start, int End, Expansion Value, MentionPlace Place, int StagesBefore)
{
    /// <summary>False for a variable that stands without quotes in code: no digest can be written behind it.</summary>
    public bool IsText { get; init; } = true;
}

internal enum MentionPlace
{
    /// <summary><c>FROM</c>: an earlier stage, or an image.</summary>
    From,

    /// <summary><c>--from=</c>, <c>from=</c>: a stage by name or number, or an image.</summary>
    Source,

    /// <summary><c># syntax=</c>: always an image.</summary>
    Syntax,
}
