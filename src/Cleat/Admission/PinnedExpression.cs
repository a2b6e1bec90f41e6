using Cleat.References;

namespace Cleat.Admission;

/// <summary>
/// The parser's verdict as an expression of CEL, as Kubernetes evaluates it (RE2, its limits of cost). Tests hold it against the parser, in Kubernetes' own code too.
/// A short text for a short regular expression: its cost is the length of both, multiplied.
/// </summary>
internal static class PinnedExpression
{
    // without flags: RE2's (?i) folds the Kelvin sign and the long s into ASCII
    private const string Host = @"([a-zA-Z0-9]+((\.|-+)[a-zA-Z0-9]+)*|\[[a-fA-F0-9:]+\])(:[0-9]+)?";
    private const string Path = @"[a-z0-9]+(([._/]|__|-+)[a-z0-9]+)*";
    private const string Tag = @"(:\w[\w.-]{0,127})?";
    private const string Digest = "@sha(256:[a-f0-9]{64}|384:[a-f0-9]{96}|512:[a-f0-9]{128})";

    /// <summary>Matches references with a digest, but for the length of the repository's name. <c>$</c> is the end of the text in RE2, and <c>\w</c> is ASCII.</summary>
    public const string Pinned = $"^({Host}/)?{Path}{Tag}{Digest}$";

    /// <summary>The same, with a digest or without.</summary>
    public const string Reference = $"^({Host}/)?{Path}{Tag}({Digest})?$";

    // of an image on one machine: a name to the regular expression, none to the grammar
    private const string ImageId = "^[a-f0-9]{64}$";

    // a name this short has room for the namespace of Docker Hub besides
    private const int AlwaysShortEnough = 247;
    private const int LongestRepository = 255;

    private static KnownRegistry Hub => KnownRegistries.DockerHub;

    /// <summary>True for a text that is a reference with a digest.</summary>
    /// <param name="text">The variable that holds it.</param>
    public static string IsPinned(string text) => $"{text}.matches({Literal(Pinned)}) && {IsShortEnough(text)}";

    /// <summary>True for a text that is a reference one of the exemptions is for.</summary>
    /// <param name="container">The variable that holds the container's name.</param>
    public static string IsExempt(string text, string container, IReadOnlyList<ImageExemption> exemptions) =>
        $"{text}.matches({Literal(Reference)}) && !{text}.matches({Literal(ImageId)}) && {IsShortEnough(text)} && [{FullName(text)}].exists(f, {string.Join(" || ", exemptions.Select(e => Holds(e, container)))})";

    private static string Holds(ImageExemption exemption, string container)
    {
        var name = exemption.Name.EndsWith('/') ? $"f.startsWith({Literal(exemption.Name)})" : $"f == {Literal(exemption.Name)}";
        return exemption.Container is null ? name : $"({container} == {Literal(exemption.Container)} && {name})";
    }

    private const string FirstSegment = "f.substring(0, f.indexOf('/'))";

    // registry and repository are cut out only of what is long; what looks like a host and holds a '_' is none, and counts for the length (my_host.lan/app)
    private static string IsShortEnough(string text) =>
        $"(size({text}) <= {AlwaysShortEnough} || [{FullName(text)}].all(f, size(f) - ({FirstSegment}.contains('_') ? 0 : f.indexOf('/') + 1) <= {LongestRepository}))";

    /// <summary>Registry and repository in full, of a text that is a reference. <c>[x].map(y, …)[0]</c> gives a name to what is used twice.</summary>
    private static string FullName(string text) =>
        $"[{text}.split('@')[0]].map(n, n.lastIndexOf(':') > n.lastIndexOf('/') ? n.substring(0, n.lastIndexOf(':')) : n)"
        + $".map(n, n.contains('/') && {IsHost("n.substring(0, n.indexOf('/'))")} ? (n.startsWith('{Hub.OldName}/') ? n.substring({Hub.OldName!.Length - Hub.Name.Length}) : n) : '{Hub.Name}/' + n)"
        + $".map(n, n.startsWith('{Hub.Name}/') && n.indexOf('/') == n.lastIndexOf('/') ? '{Hub.Name}/{Hub.Namespace}/' + n.substring({Hub.Name.Length + 1}) : n)[0]";

    private static string IsHost(string segment) => $"({segment}.matches('[.:A-Z]') || {segment} == 'localhost')";

    /// <summary>A text as CEL writes it.</summary>
    public static string Literal(string text) => $"'{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";
}
