using Cleat.References;

namespace Cleat.Registries;

/// <summary>What is asked of a source: two uses that mean the same tag of the same repository are one question.</summary>
internal sealed record ResolveKey(ImageReference Reference, string? Platform)
{
    public bool Equals(ResolveKey? other) => other is not null && Identity == other.Identity;

    public override int GetHashCode() => Identity.GetHashCode();

    private (string, string, string, string?) Identity => (Reference.Registry, Reference.Repository, Reference.EffectiveTag, Platform);
}

/// <summary>How far a run of resolutions is.</summary>
internal readonly record struct ResolveCount(int Done, int All);
