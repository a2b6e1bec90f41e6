namespace Cleat.Trees.Paths;

/// <summary>
/// What the maps that YAML's merge keys lead through hide of the maps behind them, and what was taken of those already. Chains of merged maps, and many maps
/// that merge the same, cost no more than their own size: only keys that a path may take are kept apart, and what has nothing left to give is not entered again.
/// </summary>
internal sealed class MergedKeys(Tree tree, PathMatcher paths)
{
    public const int NoneHidden = 0;

    // names by number, and for each set of hidden names and one more the set that makes
    private readonly Dictionary<string, int> names = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Set, int Name), int> sets = [];

    // the numbers of what is hidden, the outermost first, and where each stands there
    private List<int> hidden = [];
    private Dictionary<int, int> places = [];

    private readonly HashSet<(int Key, ulong State)> taken = [];
    private readonly HashSet<(int Map, ulong State)> whole = [];

    /// <summary>How many merges deep the walk is.</summary>
    public int Depth { get; set; }

    /// <summary>What is hidden now.</summary>
    public (int Id, int Count) Scope { get; private set; }

    /// <summary>Hides what a map says itself from what it merges.</summary>
    public void Hide(int map, ulong state)
    {
        List<int> more = [];
        foreach (var (key, _) in tree.Entries(map))
        {
            var named = tree.Target(key);
            if (named < 0 || tree[named].Kind != NodeKind.Scalar || tree[named].Value is not { } name || name == "<<" || (paths.Into(state, name, out var hit) == 0 && hit < 0))
            {
                continue;
            }

            if (!names.TryGetValue(name, out var number))
            {
                names[name] = number = names.Count;
            }

            more.Add(number);
        }

        // the same names in another order are the same
        more.Sort();
        foreach (var number in more)
        {
            if (places.TryAdd(number, hidden.Count))
            {
                hidden.Add(number);
                if (!sets.TryGetValue((Scope.Id, number), out var id))
                {
                    sets[(Scope.Id, number)] = id = sets.Count + 1;
                }

                Scope = (id, hidden.Count);
            }
        }
    }

    /// <summary>True when a name was hidden in that scope, one that holds now or around it.</summary>
    public bool Hides(string name, (int Id, int Count) scope) =>
        scope.Count > 0 && names.TryGetValue(name, out var number) && places.TryGetValue(number, out var place) && place < scope.Count;

    /// <summary>Hides nothing any more: what stands below a key is a map of its own.</summary>
    /// <returns>What was hidden, for <see cref="Back"/>.</returns>
    public Hidden Below()
    {
        Hidden before = new(hidden, places, Scope);
        if (hidden.Count > 0)
        {
            (hidden, places, Scope) = ([], [], default);
        }

        return before;
    }

    public void Back(Hidden before) => (hidden, places, Scope) = (before.Names, before.Places, before.Scope);

    /// <summary>Goes back to what was hidden before.</summary>
    public void Return((int Id, int Count) scope)
    {
        for (var i = hidden.Count - 1; i >= scope.Count; i--)
        {
            places.Remove(hidden[i]);
            hidden.RemoveAt(i);
        }

        Scope = scope;
    }

    /// <summary>Notes that the walk went to what stands under a key.</summary>
    public void Take(int key, ulong state)
    {
        // nothing is merged where there are no aliases, but for maps that are written out behind a merge key: those are merged once
        if (tree.HasAliases)
        {
            taken.Add((key, state));
        }
    }

    public bool WasTaken(int key, ulong state) => taken.Contains((key, state));

    /// <summary>Notes that a map, and what it merges, has nothing left that was not taken.</summary>
    public void AllTaken(int map, ulong state)
    {
        if (tree.HasAliases)
        {
            whole.Add((map, state));
        }
    }

    public bool AreAllTaken(int map, ulong state) => whole.Contains((map, state));

    /// <summary>What is hidden at a place.</summary>
    internal readonly record struct Hidden(List<int> Names, Dictionary<int, int> Places, (int Id, int Count) Scope);
}
