using System.Text;
using Cleat.Formats.Variables;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Formats.Dockerfile;

/// <summary>A place that gives an argument to the build of a Dockerfile: in a Compose file, in a <c>skaffold.yaml</c>.</summary>
internal static class BuildArgumentPlace
{
    /// <summary>The Dockerfile that a build reads; null when it is not in the tree.</summary>
    /// <param name="context">The folder that is built; null for that of the file.</param>
    /// <param name="name">The Dockerfile in it; null for the usual one.</param>
    public static SourceText? Dockerfile(Surroundings beside, string? context, string? name)
    {
        var folder = (context ?? ".").TrimEnd('/');
        var file = name ?? "Dockerfile";
        return folder.Length == 0 || file.StartsWith('/') || folder.Contains(':', StringComparison.Ordinal) || folder.Contains('$', StringComparison.Ordinal) ? null : beside.Read(folder + "/" + file);
    }

    /// <summary>Judges what a value names in the Dockerfile.</summary>
    /// <param name="skip">How many characters stand in front of the value: <c>NAME=</c> in a list.</param>
    /// <param name="read">Puts the file's own variables in.</param>
    public static void Take(Place place, SourceText dockerfile, string name, int skip, Func<int, Func<string, Assembled>>? read)
    {
        var (tree, match, format, sink, _) = place;
        var raw = tree.Source.Slice(place.Node.Span);
        var value = place.Node.Value[skip..];
        var start = place.Node.Span.Start + skip;
        var isPlain = raw == place.Node.Value && Ascii.IsValid(raw);
        var pieces = read?.Invoke(start)(value);
        if (pieces is { Unknown: { } unknown })
        {
            if (GivenArgument.Uses(dockerfile, name, "x").Count > 0)
            {
                sink.Add(DynamicUse.Of(format.Name, match.Steps, value, new(start, isPlain ? value.Length : place.Node.Span.End - start), $"{unknown} is set outside this file: pin it there, or give it a default"));
            }

            return;
        }

        var text = pieces?.Text ?? value;
        foreach (var use in GivenArgument.Uses(dockerfile, name, text))
        {
            var isLiteral = isPlain && text == value;
            PinSite site = !isLiteral ? new PinSite.Nowhere("it is put together from variables, or written with escapes: write it plainly first")
                : use.Site is PinSite.Text at ? at with { Span = new(at.Span.Start + start, at.Span.Length), LineComment = null } : use.Site;
            sink.AddOnce(use with
            {
                Format = format.Name,
                Steps = match.Steps,
                Span = isLiteral ? new(use.Span.Start + start, use.Span.Length) : place.Node.Span,
                Site = site,
            });
        }
    }

    /// <summary>Judges what a value names in the Dockerfile, which stands in the file as it is.</summary>
    /// <param name="start">Where the value begins.</param>
    public static void Take(Place place, SourceText dockerfile, string name, string value, int start)
    {
        foreach (var use in GivenArgument.Uses(dockerfile, name, value))
        {
            place.Sink.AddOnce(use with
            {
                Format = place.Format.Name,
                Steps = place.Match.Steps,
                Span = new(use.Span.Start + start, use.Span.Length),
                Site = use.Site is PinSite.Text at ? at with { Span = new(at.Span.Start + start, at.Span.Length), LineComment = null } : use.Site,
            });
        }
    }
}
