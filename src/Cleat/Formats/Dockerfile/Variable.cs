namespace Cleat.Formats.Dockerfile;

/// <summary>One ARG or ENV of a Dockerfile, and who reads it.</summary>
internal sealed class Variable(string name)
{
    public string Name { get; } = name;

    /// <summary>What declares it, in words: <c>ARG</c>, <c>ENV</c>, or another format's own.</summary>
    public string Keyword { get; init; } = "ARG";

    /// <summary>Its value with variables put in; null when the file does not say it.</summary>
    public Expansion? Value { get; init; }

    /// <summary>Why <see cref="Value"/> is null, or what is not known inside it.</summary>
    public string? Unknown { get; init; }

    /// <summary>The builder always sets it, so a <c>:-default</c> is never taken: TARGETARCH and its like.</summary>
    public bool IsGiven { get; init; }

    /// <summary>Declared before the first FROM: only FROM lines see it, until a stage declares it again.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>An ENV: it stays in the image that is built, so no digest is written into it.</summary>
    public bool IsEnv { get; init; }

    /// <summary>Where its value is written, without quotes; offsets into the text.</summary>
    public int Start { get; init; }

    public int End { get; init; }

    /// <summary>How many times references name it.</summary>
    public int Mentions { get; set; }

    /// <summary>Something that is no reference reads it: another default, a platform, or a stage's RUN after <c>ARG X</c>.</summary>
    public bool IsReadElsewhere { get; set; }

    /// <summary>Some reference is made of it and of more, or it selects a stage: a digest in its value would spoil that.</summary>
    public bool IsPartOfMore { get; set; }

    /// <summary>True when the value is exactly the bytes of its literal, with nothing put in or taken out.</summary>
    public bool IsPlain(ReadOnlySpan<Cell> value) =>
        value.Length > 0 && value.Length == End - Start && value[0].At == Start && value[^1].At == End - 1;
}
