using Cleat.Formats;

namespace Cleat;

/// <summary>A format that Cleat reads, as <c>cleat formats</c> lists it.</summary>
/// <param name="Name">The word in output and options: <c>kubernetes</c>. Several rows may have one name.</param>
/// <param name="Title">For people: <c>Kubernetes manifests</c>.</param>
/// <param name="Files">Patterns of the files it claims.</param>
/// <param name="Requires">Keys at a document's root without which it is not of this format; empty for none.</param>
/// <param name="Paths">Where in a document references stand, in the path language (docs/paths.md); empty where code finds them.</param>
/// <param name="Where">The same for people, where the paths do not say it; else null.</param>
/// <param name="OptIn">True when it is read only where <see cref="TreeOptions.EnabledFormats"/> names it.</param>
public sealed record FormatInfo(string Name, string Title, IReadOnlyList<string> Files, IReadOnlyList<string> Requires, IReadOnlyList<string> Paths, string? Where, bool OptIn)
{
    /// <summary>Every format that is built in, by name.</summary>
    public static IReadOnlyList<FormatInfo> All { get; } =
        [.. FormatList.All.Select(f => new FormatInfo(f.Name, f.Title, f.Files, f.Requires, f.Paths?.Paths ?? [], f.Where, f.OptIn)).OrderBy(f => f.Name, StringComparer.Ordinal)];
}
