using System.Collections;
using System.Runtime.InteropServices;
using Cleat.Text;

namespace Cleat.Trees.Paths;

/// <summary>A place that a path leads to.</summary>
/// <param name="Node">What stands there, aliases resolved; never a key.</param>
/// <param name="Holder">The map or list it stands in.</param>
/// <param name="Pattern">The path that led here, as the row has it.</param>
/// <param name="Prefix">What a value must start with here to be a reference; empty for most.</param>
/// <param name="Steps">The way from the document's root.</param>
internal readonly record struct Match(int Node, int Holder, string Pattern, string Prefix, Steps Steps);

/// <summary>
/// The one walk over documents. An alias is followed to the node it stands for, each node once for each state, so that
/// neither a loop nor an alias bomb costs more than the document's own size. Merge keys are followed too, and what the map
/// itself says wins.
/// </summary>
internal sealed class TreeWalk
{
    private const int Deepest = 4 * TreeBuilder.DeepestNesting;

    private readonly Tree tree;
    private readonly PathSet set;
    private readonly PathMatcher paths;
    private readonly List<Match> matches;
    private readonly BitArray matched;
    private readonly List<Step> trail = [];
    private readonly HashSet<(int Node, ulong State, int Hidden)> aliased = [];
    private readonly MergedKeys merged;

    private TreeWalk(Tree tree, PathSet set, PathMatcher paths, List<Match> matches, BitArray matched)
    {
        this.tree = tree;
        this.set = set;
        this.paths = paths;
        this.matches = matches;
        this.matched = matched;
        merged = new(tree, paths);
    }

    /// <summary>Every place the paths lead to, in the order met, each node once.</summary>
    /// <param name="problem">Set when the document's aliases nest too deep to be followed.</param>
    /// <param name="root">The node that the paths start at.</param>
    /// <param name="lead">Steps that lead to the node, where what they lead through stands in another document: a guard on the way does not hold.</param>
    /// <param name="matched">A bit for each node: nodes whose bit is set are left out, and what is found is set. A bit, since a tree may have millions of matches.</param>
    public static List<Match> Find(Tree tree, PathSet paths, out ReadProblem? problem, int root = 0, Steps? lead = null, BitArray? matched = null)
    {
        problem = null;
        List<Match> matches = [];
        matched ??= new(tree.Count);
        foreach (var matcher in paths.Matchers)
        {
            TreeWalk walk = new(tree, paths, matcher, matches, matched);
            if (tree.Count > 0 && !walk.Enter(root, lead))
            {
                problem = new(0, "aliases nest too deep: not read");
            }
        }

        return matches;
    }

    private bool Enter(int root, Steps? lead)
    {
        if (lead is not { Count: > 0 })
        {
            return Visit(root, paths.Start);
        }

        var (state, hit) = (paths.Start, -1);
        foreach (var step in lead.Span)
        {
            state = paths.Into(paths.Unguarded(state), step.Key, out hit);
        }

        trail.AddRange(lead.Span[..^1]);
        return Below(root, root, lead[lead.Count - 1], state, hit);
    }

    private bool Visit(int node, ulong state)
    {
        if (state == 0)
        {
            return true;
        }

        if (trail.Count + merged.Depth > Deepest)
        {
            return false;
        }

        if (tree.Raw(node).Kind == NodeKind.Alias)
        {
            var target = tree.Target(node);
            return target < 0 || !aliased.Add((target, state, MergedKeys.NoneHidden)) || Visit(target, state);
        }

        return tree.Raw(node).Kind switch
        {
            NodeKind.Map => MapOfItsOwn(node, paths.Guarded(state, tree, node)),
            NodeKind.Sequence => Items(node, state),
            _ => true,
        };
    }

    private bool Items(int list, ulong state)
    {
        var index = 0;
        for (var item = tree.Raw(list).First; item >= 0; item = tree.Raw(item).Next)
        {
            var below = paths.Into(state, null, out var hit);
            if ((hit >= 0 || (below != 0 && tree.Raw(item).Kind != NodeKind.Scalar)) && !Below(list, item, index, below, hit))
            {
                return false;
            }

            index++;
        }

        return true;
    }

    private bool MapOfItsOwn(int map, ulong state)
    {
        var before = merged.Below();
        var done = Map(map, map, state);
        merged.Back(before);
        return done;
    }

    private bool Map(int map, int holder, ulong state)
    {
        var scope = merged.Scope;
        var isWhole = true;
        var isExtended = false;
        foreach (var (key, value) in tree.Entries(map))
        {
            var named = tree.Target(key);
            var name = named >= 0 && tree[named].Kind == NodeKind.Scalar ? tree[named].Value : "";
            if (IsMergeKey(key, name))
            {
                if (!isExtended)
                {
                    merged.Hide(map, state);
                    isExtended = true;
                }

                if (!Merge(holder, value, state, ref isWhole))
                {
                    return false;
                }

                continue;
            }

            var below = paths.Into(state, name, out var hit);
            if (hit < 0 && (below == 0 || tree.Raw(value).Kind == NodeKind.Scalar))
            {
                continue;
            }

            if (merged.Hides(name, scope))
            {
                isWhole &= merged.WasTaken(key, state);
            }
            else
            {
                merged.Take(key, state);
                if (!Below(holder, value, name, below, hit))
                {
                    return false;
                }
            }
        }

        merged.Return(scope);
        if (isWhole)
        {
            merged.AllTaken(map, state);
        }

        return true;
    }

    private bool IsMergeKey(int key, string name) => name == "<<" && tree[key].IsPlain && tree.Syntax == TreeSyntax.Yaml;

    // YAML's merge key: the maps' entries count as the holder's own where it does not say them itself
    private bool Merge(int holder, int value, ulong state, ref bool isWhole)
    {
        var target = tree.Target(value);
        if (target < 0 || merged.AreAllTaken(target, state))
        {
            return true;
        }

        if (!aliased.Add((target, state, merged.Scope.Id)))
        {
            // what is hidden there now was hidden then
            isWhole = false;
            return true;
        }

        switch (tree.Raw(target).Kind)
        {
            case NodeKind.Sequence:
                foreach (var item in tree.Items(target))
                {
                    if (!Merge(holder, item, state, ref isWhole))
                    {
                        return false;
                    }
                }

                return true;
            case NodeKind.Map:
                merged.Depth++;
                var done = trail.Count + merged.Depth <= Deepest && Map(target, holder, state);
                merged.Depth--;
                isWhole &= merged.AreAllTaken(target, state);
                return done;
            default:
                return true;
        }
    }

    private bool Below(int holder, int value, Step step, ulong state, int hit)
    {
        trail.Add(step);
        if (hit >= 0 && tree.Target(value) is var target and >= 0 && !matched[target])
        {
            matched[target] = true;
            matches.Add(new(target, holder, set.Paths[hit], set.Prefixes[hit], Steps.Of(CollectionsMarshal.AsSpan(trail))));
        }

        var done = Visit(value, state);
        trail.RemoveAt(trail.Count - 1);
        return done;
    }
}
