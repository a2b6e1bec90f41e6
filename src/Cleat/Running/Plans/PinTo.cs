namespace Cleat;

/// <summary>Which digest something that runs is pinned to.</summary>
public enum PinTo
{
    /// <summary>What runs now.</summary>
    Running,

    /// <summary>What the tag means at its registry now.</summary>
    Registry,
}
