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

    /// <summary>The path of the kustomization that decides the use; null when none does, or not in all that include it.</summary>
    /// <param name="path">Whole path of the file that the use stands in.</param>
    public string? By(string path, ImageUse use)
    {
        if (use.Verdict != Verdict.Unpinned || !includers.TryGetValue(path, out var by))
        {
            return null;
        }

        var isInPatch = ImageTransformer.IsInPatch(use);
        HashSet<(Inclusion At, string Image, string? Decider)> seen = [];
        Queue<(Inclusion At, string Image, string? Decider)> left = new(by.Where(i => i.IsPatches == isInPatch).Select(i => (i, use.Text, (string?)null)));
        string? first = null;
        while (left.TryDequeue(out var state))
        {
            if (!seen.Add(state))
            {
                continue;
            }

            var (image, decider) = Set(state, use);
            var outer = includers.GetValueOrDefault(state.At.By) ?? [];
            if (!inner.Contains(state.At.By) && decider is null)
            {
                return null;
            }

            first ??= inner.Contains(state.At.By) ? null : decider;
            foreach (var next in outer.Where(i => !i.IsPatches))
            {
                left.Enqueue((next, image, decider));
            }
        }

        return first;
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

    private (string Image, string? Decider) Set((Inclusion At, string Image, string? Decider) state, ImageUse use)
    {
        var folder = folders[state.At.By];
        var (image, decider) = (state.Image, state.Decider);
        for (var i = state.At.From; i < folder.Components.Count; i++)
        {
            (image, decider) = SetAll(folder.Components[i], use, image, decider, 0);
        }

        return Set(folder, use, image, decider);
    }

    // an inner component first
    private static (string Image, string? Decider) SetAll(KustomizationFolder component, ImageUse use, string image, string? decider, int depth)
    {
        foreach (var inside in depth < KustomizeGraph.Deepest ? component.Components : [])
        {
            (image, decider) = SetAll(inside, use, image, decider, depth + 1);
        }

        return Set(component, use, image, decider);
    }

    private static (string Image, string? Decider) Set(KustomizationFolder folder, ImageUse use, string image, string? decider)
    {
        if (!ImageTransformer.IsAlwaysSet(use) && !folder.Fields.Any(f => f.Holds(use)))
        {
            return (image, decider);
        }

        var decides = false;
        var changed = folder.Layer.Apply(image, (entry, _) => decides |= folder.Layer.Decides(entry));
        return (changed, decides ? folder.Path : decider);
    }
}
