using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Rewriting;

/// <summary>Rewrites a reference that stands as text, with as few bytes changed as can be.</summary>
internal static class ReferenceEdit
{
    /// <summary>True when the wanted reference can be written there without touching what stands elsewhere.</summary>
    public static bool Fits(PinSite.Text site, string wanted) =>
        wanted.Length >= site.Prefix.Length + site.Suffix.Length
        && wanted.StartsWith(site.Prefix, StringComparison.Ordinal) && wanted.EndsWith(site.Suffix, StringComparison.Ordinal);

    /// <param name="current">The reference as it reads now, in full.</param>
    public static Edit Edit(SourceText source, PinSite.Text site, string current, string wanted)
    {
        var raw = source.Slice(site.Span);
        if (site.Prefix + raw + site.Suffix == current)
        {
            var part = wanted[site.Prefix.Length..(wanted.Length - site.Suffix.Length)];
            var same = raw.AsSpan().CommonPrefixLength(part);
            var tail = 0;
            while (tail < raw.Length - same && tail < part.Length - same && raw[^(tail + 1)] == part[^(tail + 1)])
            {
                tail++;
            }

            // references are ASCII: characters are bytes
            return new(new(site.Span.Start + same, raw.Length - same - tail), part[same..(part.Length - tail)]);
        }

        // written with escapes: its end is touched when that is enough, else it is written anew
        if (wanted.StartsWith(current, StringComparison.Ordinal))
        {
            return new(new(site.Span.End, 0), wanted[current.Length..]);
        }

        if (current.StartsWith(wanted, StringComparison.Ordinal) && raw.EndsWith(current[wanted.Length..], StringComparison.Ordinal))
        {
            var length = current.Length - wanted.Length;
            return new(new(site.Span.End - length, length), "");
        }

        return new(site.Span, wanted);
    }
}
