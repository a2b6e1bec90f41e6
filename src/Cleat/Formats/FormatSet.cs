using System.Collections.Frozen;

namespace Cleat.Formats;

/// <summary>The formats of one run, with a fast answer to the question that is asked for every file: who claims it?</summary>
internal sealed class FormatSet
{
    private readonly FrozenDictionary<string, Format[]> byExtension;
    private readonly Format[] others;

    /// <param name="formats">In the order they are tried.</param>
    public FormatSet(IEnumerable<Format> formats)
    {
        All = [.. formats];
        HashSet<string> extensions = [.. All.SelectMany(f => f.Patterns).Select(p => p.Extension).OfType<string>()];
        byExtension = extensions.ToFrozenDictionary(e => e, e => All.Where(f => f.Patterns.Any(p => p.Extension is null || p.Extension == e)).ToArray(), StringComparer.Ordinal);
        others = [.. All.Where(f => f.Patterns.Any(p => p.Extension is null))];
    }

    /// <summary>What is built in and not opt-in.</summary>
    public static FormatSet BuiltIn { get; } = new(FormatList.All.Where(f => !f.OptIn));

    public IReadOnlyList<Format> All { get; }

    /// <summary>True when some format may claim a file of this path.</summary>
    public bool Wants(ReadOnlySpan<char> path)
    {
        foreach (var format in Candidates(path))
        {
            if (format.MayClaim(path))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The formats that could claim a path by its extension; their patterns have the last word.</summary>
    public ReadOnlySpan<Format> Candidates(ReadOnlySpan<char> path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var dot = name.LastIndexOf('.');
        return dot >= 0 && byExtension.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name[dot..], out var formats) ? formats : others;
    }

    /// <summary>The formats that claim a file, in their order.</summary>
    public List<Format> Claiming(string path, Surroundings beside)
    {
        List<Format> claiming = [];
        foreach (var format in Candidates(path))
        {
            if (format.MayClaim(path) && (format.Claims is null || format.Claims(path, beside)))
            {
                claiming.Add(format);
            }
        }

        return claiming;
    }
}
