using Cleat.References;

namespace Cleat.Admission.Pins;

/// <summary>
/// Images that are left alone. A pattern names a repository in full, or with <c>/*</c> at its end all below it: <c>registry.example.com/base/*</c>.
/// It is held against the normalised name, at whole segments: an exemption for <c>internal-registry</c> lets no <c>internal-registry-attacker</c> pass.
/// </summary>
internal sealed class ImageExemptions(IEnumerable<string> patterns)
{
    private readonly List<(string Name, bool Below)> patterns = [.. patterns.Select(p => p.EndsWith("/*", StringComparison.Ordinal) ? (p[..^1], true) : (p, false))];

    public bool Exempts(ImageReference reference)
    {
        if (patterns.Count == 0)
        {
            return false;
        }

        var name = $"{reference.Registry}/{reference.Repository}";
        return patterns.Exists(p => p.Below ? name.StartsWith(p.Name, StringComparison.Ordinal) : name == p.Name);
    }
}
