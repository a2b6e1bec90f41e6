using System.Diagnostics.CodeAnalysis;
using Cleat.References;

namespace Cleat.Admission;

/// <summary>
/// Images that are left alone where they are admitted. A pattern names a repository in full, or with <c>/*</c> at its end all below it, and in front of it a container where it holds for
/// that alone: <c>istio-proxy=docker.io/istio/*</c>. It is held against normalised names at whole segments: an exemption for <c>internal-registry</c> lets no <c>internal-registry-attacker</c> pass.
/// </summary>
/// <param name="Container">The name of a container or volume; null for every one.</param>
/// <param name="Name">Registry and repository, normalised; with a slash at its end for all below.</param>
public sealed record ImageExemption(string? Container, string Name)
{
    /// <summary>Reads a pattern.</summary>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ImageExemption? exemption, [NotNullWhen(false)] out string? problem)
    {
        exemption = null;
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var container = equals > 0 ? text[..equals] : null;
        var name = text[(equals + 1)..];
        var isBelow = name.EndsWith("/*", StringComparison.Ordinal);
        if (container?.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.') == false)
        {
            problem = $"'{container}' is no name of a container";
            return false;
        }

        // a whole registry is a host alone; with a repository behind it, it reads as a reference
        var plain = isBelow ? name[..^2] : name;
        if (!ImageReference.TryParse(isBelow ? $"{plain}/x" : plain, out var reference, out var error))
        {
            problem = $"'{name}' is no image: {error.Message}";
            return false;
        }

        if (reference.Tag is not null || reference.Digest is not null)
        {
            problem = $"'{name}' names a tag or a digest: an exemption is for a repository";
            return false;
        }

        var full = $"{reference.Registry}/{reference.Repository}";
        exemption = new(container, isBelow ? full[..^1] : full);
        problem = null;
        return true;
    }

    /// <summary>True when an image in a container or volume is left alone.</summary>
    public bool Exempts(string container, ImageReference reference)
    {
        var full = $"{reference.Registry}/{reference.Repository}";
        return (Container is null || Container == container) && (Name.EndsWith('/') ? full.StartsWith(Name, StringComparison.Ordinal) : full == Name);
    }
}
