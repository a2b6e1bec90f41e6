using Cleat.Uses;

namespace Cleat.Formats.Kustomize;

/// <summary>For each entry of a kustomization's <c>images</c> the images that it changes, as they reach it.</summary>
internal sealed class EntryBases
{
    private readonly Lazy<EntryBase[]> all;

    public EntryBases(KustomizationFolder folder, IReadOnlyList<ImageUse> patches) => all = new(() =>
    {
        var bases = folder.Content!.Images.Select(_ => new EntryBase()).ToArray();
        foreach (var image in KustomizeGraph.Before(folder, patches))
        {
            if (image.IsSetIn(folder.Fields))
            {
                folder.Layer.Apply(image.Text, (entry, before) => bases[entry].Add(before));
            }
        }

        return bases;
    });

    public EntryBase Of(int entry) => all.Value[entry];
}

/// <summary>The images that an entry changes.</summary>
internal sealed class EntryBase
{
    private readonly SortedSet<string> tags = new(StringComparer.Ordinal);

    /// <summary>True when one of them has a digest.</summary>
    public bool IsPinned { get; private set; }

    /// <summary>The tags of those without a digest, each once; empty text for one without a tag.</summary>
    public IReadOnlyCollection<string> Tags => tags;

    public void Add(string image)
    {
        var (_, tag, digest) = ImageEntry.Split(image);
        IsPinned |= digest is not null;
        if (digest is null)
        {
            tags.Add(tag ?? "");
        }
    }
}
