using Cleat.Formats;
using Cleat.References;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Configuration;

/// <summary>References that the config takes out of the rules. What is left out of it holds for all.</summary>
/// <param name="Image">Registry and repository, or the first parts of their path; perhaps a tag.</param>
/// <param name="File">A glob in the syntax of <c>.gitignore</c>.</param>
/// <param name="Until">The last day it holds.</param>
/// <param name="Place">Where it stands in the config.</param>
internal sealed record Exemption(string? Image, string? File, string? Rule, string? Reason, DateOnly? Until, TextSpan Place)
{
    public bool IsOver(DateOnly today) => Until < today;

    /// <summary>True when the image is the one named or lies below it; <c>corp/base</c> is not <c>corp/base-tools</c>.</summary>
    public bool MatchesImage(ImageUse use)
    {
        if (Image is null)
        {
            return true;
        }

        if (use.Reference is not { } reference)
        {
            // with a variable in it only the literal beginning is known: it counts up to where a part of the path ends
            return use.Text.StartsWith(Image, StringComparison.Ordinal) && (use.Text.Length == Image.Length || use.Text[Image.Length] is '/' or ':' or '@');
        }

        var full = $"{reference.Registry}/{reference.Repository}";
        if (IsHost(Image))
        {
            return reference.Registry == Image;
        }

        // `nginx` is docker.io/library/nginx and nothing else; `docker.io/bitnami` is all that lies there
        return (Image.Contains('/', StringComparison.Ordinal) && LiesIn(Image, full))
            || (ImageReference.TryParse(Image, out var named, out _) && LiesIn($"{named.Registry}/{named.Repository}", full)
                && (named.Tag is null || (named.Tag == reference.EffectiveTag && named.Repository == reference.Repository)));
    }

    private static bool IsHost(string image) =>
        !image.Contains('/', StringComparison.Ordinal) && image.Split(':')[0] is var name && (name == "localhost" || name.Contains('.', StringComparison.Ordinal));

    private static bool LiesIn(string path, string name) =>
        name.StartsWith(path, StringComparison.Ordinal) && (name.Length == path.Length || name[path.Length] == '/');
}
