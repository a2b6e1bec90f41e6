using System.Text;
using System.Text.RegularExpressions;
using Cleat.Formats.Embedded;
using Cleat.Text;
using Cleat.Trees.Paths;
using Cleat.Uses;

namespace Cleat.Formats.Dockerfile;

/// <summary>
/// What a build makes of a Dockerfile when it is given an argument (docs.docker.com/reference/dockerfile, "ARG": what is given wins over the default): the Dockerfile is read with
/// the value in the place of the default, and each image that comes out otherwise than without it is one that the value names.
/// </summary>
internal static partial class GivenArgument
{
    /// <summary>The images that the value names, spans and places for a digest counted from its first byte. None for a value that is more than plain text.</summary>
    public static List<ImageUse> Uses(SourceText dockerfile, string name, string value)
    {
        var text = dockerfile.Slice(TextSpan.FromBounds(dockerfile.BomLength, dockerfile.Bytes.Length));
        if (!Plain().IsMatch(value) || First().Match(text) is not { Success: true } first || From().Match(text) is not { Success: true } from)
        {
            return [];
        }

        // ARG name=value in front, and no default behind it
        var header = text[first.Index..from.Index];
        var bare = Argument().Replace(header, m => m.Groups[1].Value == name ? name : m.Value);
        if (!Declared(header, name))
        {
            return [];
        }

        var lead = text[..first.Index] + "ARG " + name + "=";
        var start = Encoding.UTF8.GetByteCount(lead);
        var length = Encoding.UTF8.GetByteCount(value);
        var without = Read(text[..first.Index] + bare + text[from.Index..]).Select(u => u.Text + u.Reference?.Original + u.Problem).ToHashSet(StringComparer.Ordinal);
        List<ImageUse> found = [];
        foreach (var use in Read(lead + value + "\n" + bare + text[from.Index..]))
        {
            if (use.Span.Start >= start && use.Span.End <= start + length && use.Site is PinSite.Text site)
            {
                found.Add(use with { Span = new(use.Span.Start - start, use.Span.Length), Site = site with { Span = new(site.Span.Start - start, site.Span.Length) } });
            }
            else if (use.Verdict is Verdict.Unpinned or Verdict.Pinned or Verdict.Malformed && !without.Contains(use.Text + use.Reference?.Original + use.Problem))
            {
                var inner = use.Site is PinSite.Text at && at.Span.Start >= start && at.Span.End <= start + length ? at with { Span = new(at.Span.Start - start, at.Span.Length) } : null;
                found.Add(use with
                {
                    Text = value,
                    Span = new(0, length),
                    Site = inner ?? (PinSite)new PinSite.Nowhere($"the Dockerfile makes more of {name}: pin the image where it is named there"),
                });
            }
        }

        return found;
    }

    private static List<ImageUse> Read(string text)
    {
        UseSink sink = new();
        DockerfileFormat.Read(Encoding.UTF8.GetBytes(text), OffsetMap.Shift(0), "dockerfile", Steps.Root, sink);
        return sink.Uses;
    }

    private static bool Declared(string header, string name) => Argument().Matches(header).Any(m => m.Groups[1].Value == name) || Bare().Matches(header).Any(m => m.Groups[1].Value == name);

    [GeneratedRegex(@"^[A-Za-z0-9._:/@+-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex(@"^[ \t]*(?:ARG|FROM)\s", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex First();

    [GeneratedRegex(@"^[ \t]*FROM\s", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex From();

    [GeneratedRegex(@"(?<=\s)(\w+)=(?:""[^""\n]*""|'[^'\n]*'|[^\s\\]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Argument();

    [GeneratedRegex(@"(?<=\s)(\w+)(?=\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Bare();
}
