using Cleat.References;
using Cleat.Uses;

namespace Cleat.Configuration;

/// <summary>Exemptions by the image they name: a config may hold thousands, and each use asks for the first that holds for it.</summary>
internal sealed class ExemptionIndex
{
    /// <summary>What <see cref="First"/> gives when none holds.</summary>
    public const int None = int.MaxValue;

    private readonly Dictionary<(Kind Kind, string Name, string Rule), int> first = [];

    /// <param name="all">With their places in the config, in that order: the first counts.</param>
    public ExemptionIndex(IEnumerable<(int Place, Exemption One)> all)
    {
        foreach (var (place, one) in all)
        {
            Add(one, place);
        }
    }

    private enum Kind : byte
    {
        /// <summary>Every image.</summary>
        Any,
        Registry,

        /// <summary>Registry and repository, or the first parts of it; <c>corp/base</c> is not <c>corp/base-tools</c>.</summary>
        Path,
        Tagged,

        /// <summary>The beginning of a text with a variable in it.</summary>
        Literal,
    }

    public bool IsEmpty => first.Count == 0;

    /// <summary>True when one without a rule takes the use out.</summary>
    public bool Holds(ImageUse use) => First(use, "") != None;

    /// <summary>The place of the first that takes a use out of a rule, or <see cref="None"/>.</summary>
    public int First(ImageUse use, string rule)
    {
        if (IsEmpty)
        {
            return None;
        }

        var found = Of(Kind.Any, "", rule);
        if (use.Reference is not { } reference)
        {
            // only the literal beginning is known: it counts up to where a part of the path ends
            return int.Min(found, OfParts(Kind.Literal, use.Text, "/:@", rule));
        }

        var full = $"{reference.Registry}/{reference.Repository}";
        found = int.Min(found, Of(Kind.Registry, reference.Registry, rule));
        found = int.Min(found, Of(Kind.Tagged, $"{full}:{reference.EffectiveTag}", rule));
        return int.Min(found, OfParts(Kind.Path, full, "/", rule));
    }

    private void Add(Exemption one, int place)
    {
        var rule = one.Rule ?? "";
        if (one.Image is not { } image)
        {
            first.TryAdd((Kind.Any, "", rule), place);
            return;
        }

        first.TryAdd((Kind.Literal, image, rule), place);
        if (IsHost(image))
        {
            first.TryAdd((Kind.Registry, image, rule), place);
            return;
        }

        // `nginx` is docker.io/library/nginx and nothing else; `docker.io/bitnami` is all that lies there
        if (image.Contains('/', StringComparison.Ordinal))
        {
            first.TryAdd((Kind.Path, image, rule), place);
        }

        if (ImageReference.TryParse(image, out var named, out _))
        {
            var full = $"{named.Registry}/{named.Repository}";
            first.TryAdd(named.Tag is null ? (Kind.Path, full, rule) : (Kind.Tagged, $"{full}:{named.Tag}", rule), place);
        }
    }

    private int OfParts(Kind kind, string text, string ends, string rule)
    {
        var found = Of(kind, text, rule);
        for (var at = text.AsSpan().IndexOfAny(ends); at >= 0 && at < text.Length;)
        {
            found = int.Min(found, Of(kind, text[..at], rule));
            var next = text.AsSpan(at + 1).IndexOfAny(ends);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return found;
    }

    private int Of(Kind kind, string name, string rule) =>
        int.Min(first.GetValueOrDefault((kind, name, rule), None), first.GetValueOrDefault((kind, name, ""), None));

    private static bool IsHost(string image) =>
        !image.Contains('/', StringComparison.Ordinal) && image.Split(':')[0] is var name && (name == "localhost" || name.Contains('.', StringComparison.Ordinal));
}
