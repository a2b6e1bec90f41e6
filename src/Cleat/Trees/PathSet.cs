namespace Cleat.Trees;

/// <summary>
/// The path language: <c>a.b</c> keys, <c>*</c> any key, <c>[]</c> every item of a list, <c>**</c> any depth (none included).
/// Several paths are matched in one walk; the state is a set of bits, one for each step that may come next.
/// </summary>
internal sealed class PathSet
{
    private enum StepKind : byte
    {
        Key,
        AnyKey,
        Item,
        AnyDepth,
    }

    private readonly record struct Step(StepKind Kind, string Key, bool IsLast, int Path);

    private readonly List<Step> steps = [];

    /// <exception cref="ArgumentException">A path is empty, or the paths have more than 64 steps in all: a bug in a row.</exception>
    public PathSet(params ReadOnlySpan<string> paths)
    {
        Paths = [.. paths];
        ulong start = 0;
        for (var p = 0; p < paths.Length; p++)
        {
            var first = steps.Count;
            foreach (var part in paths[p].Split('.'))
            {
                var key = part.TrimEnd('[', ']');
                if (key.Length > 0)
                {
                    steps.Add(new(key switch { "**" => StepKind.AnyDepth, "*" => StepKind.AnyKey, _ => StepKind.Key }, key, false, p));
                }

                for (var items = (part.Length - key.Length) / 2; items > 0; items--)
                {
                    steps.Add(new(StepKind.Item, "", false, p));
                }
            }

            if (steps.Count == first || steps.Count > 64)
            {
                throw new ArgumentException($"path '{paths[p]}' is empty or one too many", nameof(paths));
            }

            steps[^1] = steps[^1] with { IsLast = true };
            start |= Reach(first);
        }

        Start = start;
        KeysOfPaths = [.. Paths.Select((_, p) => steps.Where(s => s.Path == p && s.Kind == StepKind.Key).Select(s => System.Text.Encoding.UTF8.GetBytes(s.Key)).ToArray())];
    }

    public IReadOnlyList<string> Paths { get; }

    /// <summary>For each path the keys that a document must hold to match it, in UTF-8; the last is the one that the match stands under.</summary>
    public IReadOnlyList<byte[][]> KeysOfPaths { get; }

    /// <summary>The state at a document's root.</summary>
    public ulong Start { get; }

    /// <summary>The state below a key of a map.</summary>
    /// <param name="matched">Index of a path that ends at this key, or -1.</param>
    public ulong Into(ulong state, string key, out int matched) => Advance(state, key, out matched);

    /// <summary>The state below an item of a list.</summary>
    /// <param name="matched">Index of a path that ends at this item, or -1.</param>
    public ulong IntoItem(ulong state, out int matched) => Advance(state, null, out matched);

    private ulong Advance(ulong state, string? key, out int matched)
    {
        matched = -1;
        ulong next = 0;
        for (; state != 0; state &= state - 1)
        {
            var i = System.Numerics.BitOperations.TrailingZeroCount(state);
            var step = steps[i];
            if (step.Kind == StepKind.AnyDepth)
            {
                next |= Reach(i);
            }
            else if (step.Kind switch { StepKind.Item => key is null, StepKind.AnyKey => key is not null, _ => key == step.Key })
            {
                if (step.IsLast)
                {
                    matched = step.Path;
                }
                else
                {
                    next |= Reach(i + 1);
                }
            }
        }

        return next;
    }

    // a step that may match nothing lets the one behind it come next too
    private ulong Reach(int i) => steps[i].Kind == StepKind.AnyDepth && !steps[i].IsLast ? (1UL << i) | Reach(i + 1) : 1UL << i;
}
