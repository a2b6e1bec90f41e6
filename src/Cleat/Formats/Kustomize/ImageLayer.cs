namespace Cleat.Formats.Kustomize;

/// <summary>The <c>images</c> of one kustomization, which kustomize sets one after the other; an image finds those that fit it by its name, not by asking each.</summary>
internal sealed class ImageLayer
{
    private readonly IReadOnlyList<ImageEntry> entries;

    // a plain name is matched as an expression whose dots stand for any character: names of one length with their dots at the same places are looked up together
    private readonly Dictionary<int, List<(int[] Dots, Dictionary<string, List<int>> Names)>> plain = [];
    private readonly List<int> patterns = [];

    public ImageLayer(IReadOnlyList<ImageEntry> entries)
    {
        this.entries = entries;
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].IsPlain)
            {
                Index(entries[i].Name, i);
            }
            else
            {
                patterns.Add(i);
            }
        }
    }

    /// <summary>The image as it is written after all entries.</summary>
    /// <param name="changed">Called for each entry that fits: its index, and the image as it reaches it.</param>
    public string Apply(string image, Action<int, string>? changed = null)
    {
        for (var next = 0; Fitting(image, next) is var fitting and >= 0; next = fitting + 1)
        {
            changed?.Invoke(fitting, image);
            image = entries[fitting].Apply(image);
        }

        return image;
    }

    /// <summary>True when the entry says which image runs, in whole or in part.</summary>
    public bool Decides(int entry) => !entries[entry].LeavesVersion || entries[entry].NewName is not null;

    private void Index(string name, int entry)
    {
        if (!plain.TryGetValue(name.Length, out var groups))
        {
            plain[name.Length] = groups = [];
        }

        int[] dots = [.. Enumerable.Range(0, name.Length).Where(i => name[i] == '.')];
        var group = groups.FindIndex(g => g.Dots.AsSpan().SequenceEqual(dots));
        if (group < 0)
        {
            group = groups.Count;
            groups.Add((dots, new(StringComparer.Ordinal)));
        }

        if (!groups[group].Names.TryGetValue(name, out var same))
        {
            groups[group].Names[name] = same = [];
        }

        same.Add(entry);
    }

    // the first entry from an index on that fits; -1 when none does
    private int Fitting(string image, int from)
    {
        var first = int.MaxValue;
        for (var end = image.Length; end > 0; end = End(image, end))
        {
            foreach (var (dots, names) in plain.GetValueOrDefault(end) ?? [])
            {
                if (names.TryGetValue(WithDots(image, end, dots), out var same))
                {
                    var at = same.BinarySearch(from);
                    at = at < 0 ? ~at : at;
                    first = at < same.Count && entries[same[at]].Matches(image) ? int.Min(first, same[at]) : first;
                }
            }
        }

        foreach (var i in patterns)
        {
            if (i >= from && i < first && entries[i].Matches(image))
            {
                first = i;
            }
        }

        return first == int.MaxValue ? -1 : first;
    }

    // a name ends where a tag or a digest may begin
    private static int End(string image, int end) => image.AsSpan(0, end).LastIndexOfAny(':', '@');

    private static string WithDots(string image, int length, int[] dots) => string.Create(length, (image, dots), static (name, from) =>
    {
        from.image.AsSpan(0, name.Length).CopyTo(name);
        foreach (var dot in from.dots)
        {
            name[dot] = '.';
        }
    });
}
