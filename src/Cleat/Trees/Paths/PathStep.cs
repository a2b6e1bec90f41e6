namespace Cleat.Trees.Paths;

internal enum StepKind : byte
{
    Key,
    AnyKey,
    Item,
    AnyDepth,
}

/// <summary>One step of a path.</summary>
/// <param name="Key">The key; for a key with a star what stands before it.</param>
/// <param name="KeyEnd">What stands behind a key's star; null for a key without one.</param>
/// <param name="Guards">What the map must say in which the step is looked up.</param>
internal sealed record PathStep(StepKind Kind, string Key, string? KeyEnd, IReadOnlyList<Guard> Guards)
{
    public bool Takes(string? key) => Kind switch
    {
        StepKind.Item => key is null,
        StepKind.AnyKey => key is not null,
        _ => key is not null && (KeyEnd is null
            ? key == Key
            : key.Length >= Key.Length + KeyEnd.Length && key.StartsWith(Key, StringComparison.Ordinal) && key.EndsWith(KeyEnd, StringComparison.Ordinal)),
    };
}

/// <summary><c>{type=a|b}</c>: a scalar under the key is one of the values; a value may end in a star; <c>{type!=a}</c> the opposite.</summary>
internal sealed record Guard(string Key, IReadOnlyList<string> Values, bool IsNegated)
{
    public bool Holds(Tree tree, int map)
    {
        var said = tree.Text(map, Key);
        return IsNegated != (said is not null && Values.Any(v => v.EndsWith('*') ? said.StartsWith(v[..^1], StringComparison.Ordinal) : said == v));
    }
}
