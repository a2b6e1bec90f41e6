namespace Cleat.Uses;

/// <summary>What the text of a reference means. The same five everywhere: files, clusters, engines, admission.</summary>
public enum Verdict
{
    /// <summary>A well-formed digest of a registered algorithm selects the image.</summary>
    Pinned,

    /// <summary>A tag selects the image, or nothing does, which means <c>latest</c>.</summary>
    Unpinned,

    /// <summary>It carries <c>@</c> but no valid digest, or is no reference at all.</summary>
    Malformed,

    /// <summary>Its text is not all there: a variable or expression stands in it.</summary>
    Dynamic,

    /// <summary>The place holds a local name: <c>scratch</c>, a stage, what is built here.</summary>
    NotAnImage,
}
