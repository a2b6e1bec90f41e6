using System.Numerics;
using System.Runtime.InteropServices;

namespace Cleat.Trees.Paths;

/// <summary>Matches several paths in one walk: the state is a set of bits, one for each step that may come next.</summary>
internal sealed class PathMatcher
{
    public const int MostSteps = 64;

    private readonly List<(PathStep Step, bool IsLast, int Path)> steps = [];
    private ulong guarded;

    // steps that take more than one key, and the lengths of the keys that the others take: most keys of a document have another
    private ulong flexible;
    private ulong lengths;

    // steps that stay where they are however deep the walk goes
    private ulong deep;

    /// <summary>The state at a document's root.</summary>
    public ulong Start { get; private set; }

    /// <summary>Adds a path; false when it has more steps than there is room for.</summary>
    public bool TryAdd(IReadOnlyList<PathStep> path, int index)
    {
        if (steps.Count + path.Count > MostSteps)
        {
            return false;
        }

        var first = steps.Count;
        for (var i = 0; i < path.Count; i++)
        {
            guarded |= path[i].Guards.Count > 0 ? 1UL << steps.Count : 0;
            steps.Add((path[i], i == path.Count - 1, index));
        }

        for (var i = first; i < steps.Count; i++)
        {
            var step = steps[i].Step;
            deep |= step.Kind == StepKind.AnyDepth ? 1UL << i : 0;
            var isFixed = step is { Kind: StepKind.Key, KeyEnd: null };
            flexible |= isFixed ? 0 : 1UL << i;
            lengths |= isFixed ? Length(step.Key) : 0;
        }

        Start |= Reach(first);
        return true;
    }

    /// <summary>The state without the steps whose guards do not hold in a map.</summary>
    public ulong Guarded(ulong state, Tree tree, int map)
    {
        for (var left = state & guarded; left != 0; left &= left - 1)
        {
            var i = BitOperations.TrailingZeroCount(left);
            foreach (var guard in steps[i].Step.Guards)
            {
                state &= guard.Holds(tree, map) ? ulong.MaxValue : ~(1UL << i);
            }
        }

        return state;
    }

    /// <summary>The state without the steps that have guards.</summary>
    public ulong Unguarded(ulong state) => state & ~guarded;

    /// <summary>The state below a key of a map, or below an item of a list (no key).</summary>
    /// <param name="matched">Index of a path that ends here, or -1.</param>
    public ulong Into(ulong state, string? key, out int matched)
    {
        matched = -1;
        var all = CollectionsMarshal.AsSpan(steps);
        // what may match at any depth goes on, with what may come next
        ulong next = 0;
        for (var reached = state & deep; reached != 0; reached = (reached << 1) & deep)
        {
            next |= reached | (reached << 1);
        }

        var takers = key is null || (lengths & Length(key)) == 0 ? flexible : ulong.MaxValue;
        for (var left = state & takers & ~deep; left != 0; left &= left - 1)
        {
            ref var at = ref all[BitOperations.TrailingZeroCount(left)];
            if (!at.Step.Takes(key))
            {
                continue;
            }

            if (at.IsLast)
            {
                matched = at.Path;
            }
            else
            {
                next |= Reach(BitOperations.TrailingZeroCount(left) + 1);
            }
        }

        return next;
    }

    private static ulong Length(string key) => 1UL << int.Min(key.Length, 63);

    // a step that may match nothing lets the one behind it come next too
    private ulong Reach(int i) => steps[i].Step.Kind == StepKind.AnyDepth && !steps[i].IsLast ? (1UL << i) | Reach(i + 1) : 1UL << i;
}
