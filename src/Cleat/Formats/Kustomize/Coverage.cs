using Cleat.Uses;

namespace Cleat.Formats.Kustomize;

/// <summary>
/// Which references of a run are decided by the kustomizations that include them: an entry and the manifest that it changes are one image, which is told and
/// pinned where the entry stands. A reference is covered when in every kustomization that is built by itself (no other one of the run includes it) some entry decides it.
/// </summary>
internal sealed class Coverage
{
    private readonly Dictionary<string, KustomizationFolder> folders = new(StringComparer.Ordinal);

    // where objects go on to: the kustomization that includes a file or a kustomization, and which of its steps come next for it
    private readonly Dictionary<string, List<Inclusion>> includers = new(StringComparer.Ordinal);
    private readonly HashSet<string> inner = new(StringComparer.Ordinal);
    private readonly bool decidesAnything;

    /// <param name="read">The kustomizations of the run.</param>
    public Coverage(IEnumerable<KustomizationFolder> read)
    {
        Stack<KustomizationFolder> left = new(read);
        while (left.TryPop(out var folder))
        {
            if (folder is { Path: { } path } && folders.TryAdd(path, folder))
            {
                Add(folder, path, left);
            }
        }

        decidesAnything = folders.Values.Any(f => f.Content!.Images.Count > 0);
    }

    private sealed record Inclusion(string By, int From, bool IsPatches = false);

    /// <summary>True when a kustomization includes the file.</summary>
    public bool Holds(string path) => decidesAnything && includers.ContainsKey(path);

    /// <summary>The path of the kustomization that decides the use, and the image that it becomes (null where it becomes several); null when none does, or not in all that include it.</summary>
    /// <param name="path">Whole path of the file that the use stands in.</param>
    public (string Path, string? Image)? By(string path, ImageUse use)
    {
        (string Path, string? Image)? first = null;
        foreach (var built in use.Verdict == Verdict.Unpinned ? Built(path, use, namespaces: false) : [])
        {
            if (built.Decider is not { } decider)
            {
                return null;
            }

            first = first is not { } one ? (decider.Path, built.Image) : (one.Path, one.Image == built.Image ? one.Image : null);
        }

        return first;
    }

    /// <summary>The use as each kustomization that is built by itself builds it; none where no kustomization includes the file.</summary>
    /// <param name="path">Whole path of the file that the use stands in.</param>
    /// <param name="namespaces">True to tell apart also by the namespace that its object gets.</param>
    public IEnumerable<BuiltUse> Built(string path, ImageUse use, bool namespaces)
    {
        var isInPatch = ImageTransformer.IsInPatch(use);
        HashSet<(Inclusion At, BuiltUse Use)> seen = [];
        Queue<(Inclusion At, BuiltUse Use, int Depth)> left = new((includers.GetValueOrDefault(path) ?? []).Where(i => i.IsPatches == isInPatch).Select(i => (i, new BuiltUse(use.Text, null, null), 1)));
        while (left.TryDequeue(out var state))
        {
            if (!seen.Add((state.At, state.Use)))
            {
                continue;
            }

            var built = Set(state.At, state.Use, use);
            if (namespaces && folders[state.At.By].Content!.Namespace is { } space)
            {
                built = built with { Namespace = space };
            }

            if (!inner.Contains(state.At.By) || state.Depth == KustomizeGraph.Deepest)
            {
                yield return built;
                continue;
            }

            foreach (var next in (includers.GetValueOrDefault(state.At.By) ?? []).Where(i => !i.IsPatches))
            {
                left.Enqueue((next, built, state.Depth + 1));
            }
        }
    }

    // resources pass the components and then the kustomization's own images; a component's those of the components behind it; patches the own images alone
    private void Add(KustomizationFolder folder, string path, Stack<KustomizationFolder> left)
    {
        foreach (var manifest in folder.Manifests)
        {
            Include(folder.Full(manifest), new(path, 0));
        }

        foreach (var from in folder.Bases)
        {
            Include(from.Path!, new(path, 0));
            inner.Add(from.Path!);
            left.Push(from);
        }

        for (var i = 0; i < folder.Components.Count; i++)
        {
            Include(folder.Components[i].Path!, new(path, i + 1));
            inner.Add(folder.Components[i].Path!);
            left.Push(folder.Components[i]);
        }

        foreach (var patch in folder.Patches)
        {
            Include(folder.Full(patch), new(path, folder.Components.Count));
        }

        if (folder.Content!.HoldsPatches)
        {
            Include(path, new(path, folder.Components.Count, IsPatches: true));
        }
    }

    private void Include(string path, Inclusion inclusion)
    {
        if (!includers.TryGetValue(path, out var all))
        {
            includers[path] = all = [];
        }

        all.Add(inclusion);
    }

    private BuiltUse Set(Inclusion at, BuiltUse built, ImageUse use)
    {
        var folder = folders[at.By];
        for (var i = at.From; i < folder.Components.Count; i++)
        {
            built = SetAll(folder.Components[i], use, built, 0);
        }

        return Set(folder, use, built);
    }

    // an inner component first
    private static BuiltUse SetAll(KustomizationFolder component, ImageUse use, BuiltUse built, int depth)
    {
        foreach (var inside in depth < KustomizeGraph.Deepest ? component.Components : [])
        {
            built = SetAll(inside, use, built, depth + 1);
        }

        return Set(component, use, built);
    }

    private static BuiltUse Set(KustomizationFolder folder, ImageUse use, BuiltUse built)
    {
        if (!ImageTransformer.IsAlwaysSet(use) && !folder.Fields.Any(f => f.Holds(use)))
        {
            return built;
        }

        var decider = built.Decider;
        var image = folder.Layer.Apply(built.Image, (entry, _) => decider = folder.Layer.Decides(entry) ? (folder.Path!, folder.Content!.Images[entry].Item) : decider);
        return built with { Image = image, Decider = decider };
    }
}

/// <summary>An image as a kustomization builds it.</summary>
/// <param name="Decider">The kustomization, and the place in its <c>images</c> of the entry, that says which image it is; null when no entry does.</param>
/// <param name="Namespace">What the object gets, where that was asked for; null when the object keeps its own.</param>
internal sealed record BuiltUse(string Image, (string Path, int Item)? Decider, string? Namespace);
