using Cleat.References;
using Cleat.Text;
using Cleat.Trees.Paths;

namespace Cleat.Uses;

/// <summary>One place in a file that names an image.</summary>
public sealed record ImageUse
{
    internal ImageUse()
    {
    }

    /// <summary>Name of the format that found it, as <c>cleat</c> prints it: <c>kubernetes</c>, <c>dockerfile</c>, …</summary>
    public required string Format { get; init; }

    /// <summary>Where in the document it stands; for Dockerfiles the instruction, <c>FROM</c>.</summary>
    public required Steps Steps { get; init; }

    /// <summary><see cref="Steps"/> for people: <c>spec.containers[0].image</c>.</summary>
    public string Path => Steps.ToString();

    /// <summary>The reference as the program that reads the file would see it; a default or ARG shows as written.</summary>
    public required string Text { get; init; }

    /// <summary>Exactly the bytes it is written with: no quotes, no anchor.</summary>
    public required TextSpan Span { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>The whole reference, variables with known defaults put in; null when malformed, dynamic or not an image.</summary>
    public ImageReference? Reference { get; init; }

    /// <summary>The whole image in the words of the file, for messages: <c>nginx:1.27</c> where only <c>1.27</c> stands here. The tag is always named.</summary>
    public string Image => Reference is not { } whole ? Text : whole.Digest is null ? whole.Tagged : whole.Original;

    /// <summary>What is wrong (malformed), which expression (dynamic) or what it is instead (not an image).</summary>
    public string? Problem { get; init; }

    /// <summary>Why no digest can be written here, and what to do instead; null when one can.</summary>
    public string? NoPin => Site is PinSite.Nowhere nowhere ? nowhere.Why : null;

    /// <summary>How a digest is written here.</summary>
    internal PinSite Site { get; init; } = new PinSite.Nowhere("it is not known how a digest is written here");

    /// <summary><c>os/arch[/variant]</c> when this place wants one platform's digest, not the index's.</summary>
    public string? Platform { get; init; }

    /// <summary>The Kubernetes object it stands in, for a field outside the lists of containers; null elsewhere.</summary>
    internal ObjectType? Object { get; init; }

    /// <summary>The rule it breaks when that is another than its verdict's own.</summary>
    public Rule? Rule { get; init; }
}

/// <summary>What <c>apiVersion</c> and <c>kind</c> of a Kubernetes object say; the group is null where there is none.</summary>
internal sealed record ObjectType(string? Group, string Version, string Kind)
{
    public static ObjectType Of(string apiVersion, string kind) => apiVersion.LastIndexOf('/') is var slash and >= 0
        ? new(apiVersion[..slash], apiVersion[(slash + 1)..], kind)
        : new(null, apiVersion, kind);
}

/// <summary>How a digest gets into the file, or out of it. A closed union.</summary>
internal abstract record PinSite
{
    private PinSite()
    {
    }

    /// <summary>
    /// The reference is text: <c>Prefix + (bytes of Span) + Suffix</c>, and the bytes of Span may be rewritten.
    /// The prefix and suffix stand elsewhere (an ARG's other half, a default's surroundings) and stay as they are.
    /// </summary>
    /// <param name="LineComment">What starts a comment that may stand at the end of this line, or null where none may.</param>
    public sealed record Text(TextSpan Span, string Prefix = "", string Suffix = "", string? LineComment = null) : PinSite
    {
        /// <summary>Stands for all such places in a report that is only read: that a digest can be written, not where.</summary>
        public static Text Somewhere { get; } = new(default(TextSpan));

        /// <summary>Where a digest goes that replaces the tag, which stands in a field of its own; null where that is no field.</summary>
        public InsertField? WithoutTag { get; init; }

        /// <summary>The place takes a tag or a digest, not both: the tag is kept in a comment <c>/* name:tag */</c> behind the key's colon.</summary>
        public bool TagInComment { get; init; }
    }

    /// <summary>A digest field is to be written: <c>Before + digest + After</c> in place of <paramref name="At"/> (length 0 inserts; a null is replaced).</summary>
    public sealed record InsertField(TextSpan At, string Before, string After) : PinSite
    {
        /// <summary>Where it goes when the tag, which stands in a field of its own, is not to be kept; null when it always is.</summary>
        public InsertField? WithoutTag { get; init; }

        /// <summary>Where <c>latest</c> is written as the tag, which nothing says yet; null where a tag is there.</summary>
        public InsertField? Latest { get; init; }

        /// <summary>The hex digits alone are written: the algorithm stands elsewhere.</summary>
        public bool IsBare { get; init; }
    }

    /// <summary>A digest field is there: its value is in <paramref name="Value"/>; unpin removes <paramref name="Whole"/>.</summary>
    public sealed record Field(TextSpan Value, TextSpan Whole) : PinSite
    {
        /// <summary>The hex digits alone are written: the algorithm stands elsewhere.</summary>
        public bool IsBare { get; init; }

        /// <summary>What unpin leaves in the place of <see cref="Whole"/>.</summary>
        public string Left { get; init; } = "";

        /// <summary>What starts a comment that may stand at the end of this line, or null where none may.</summary>
        public string? LineComment { get; init; }

        /// <summary>The program that writes the tag beside it, and leaves the digest as it is; null when none does.</summary>
        public string? TagSetter { get; init; }

        /// <summary>True where another place says which tag runs without the digest.</summary>
        public bool TagIsElsewhere { get; init; }
    }

    /// <summary>The run only reads: whether a digest can be written was not tried.</summary>
    public sealed record NotTried : PinSite;

    /// <summary>No digest can be written here; <paramref name="Why"/> says why and what to do instead.</summary>
    public sealed record Nowhere(string Why) : PinSite;
}
