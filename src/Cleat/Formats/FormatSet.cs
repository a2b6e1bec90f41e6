using System.Collections.Frozen;
using Cleat.Trees;

namespace Cleat.Formats;

/// <summary>The formats of one run, with a fast answer to the question that is asked for every file: who claims it?</summary>
internal sealed class FormatSet
{
    private readonly FrozenDictionary<string, Candidate[]> byExtension;
    private readonly Candidate[] others;

    // extensions that some format claims whatever stands in front of them
    private readonly FrozenSet<string> wholeExtensions;

    /// <param name="formats">In the order they are tried.</param>
    public FormatSet(IEnumerable<Format> formats)
    {
        All = [.. formats];
        HashSet<string> extensions = [.. All.SelectMany(f => f.Patterns).Select(p => p.Extension).OfType<string>()];
        byExtension = extensions.ToFrozenDictionary(e => e, e => Of(All, p => p.Extension is null || p.Extension == e), StringComparer.Ordinal);
        others = Of(All, p => p.Extension is null);
        wholeExtensions = extensions.Where(e => All.Any(f => f.Patterns.Any(p => p.Text == "*" + e))).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>What is built in and not opt-in.</summary>
    public static FormatSet BuiltIn { get; } = new(FormatList.All.Where(f => !f.OptIn));

    public IReadOnlyList<Format> All { get; }

    /// <summary>True when some format may claim a file of this path.</summary>
    public bool Wants(ReadOnlySpan<char> path)
    {
        var dot = path.LastIndexOf('.');
        if (dot >= 0 && wholeExtensions.GetAlternateLookup<ReadOnlySpan<char>>().Contains(path[dot..]))
        {
            return true;
        }

        foreach (var candidate in Candidates(path))
        {
            if (candidate.MayClaim(path))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The formats that could claim a path by its extension; their patterns have the last word.</summary>
    public ReadOnlySpan<Candidate> Candidates(ReadOnlySpan<char> path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var dot = name.LastIndexOf('.');
        return dot >= 0 && byExtension.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name[dot..], out var formats) ? formats : others;
    }

    /// <summary>The formats that claim a file, in their order.</summary>
    public List<Format> Claiming(string path, ReadOnlySpan<byte> text, Surroundings beside)
    {
        List<Format> claiming = [];
        var isKubernetes = YamlDocuments.IsKubernetes(text);
        foreach (var candidate in Candidates(path))
        {
            if (candidate.MayClaim(path) && !(isKubernetes && candidate.Format.NeverKubernetes) && (candidate.Format.Claims is not { } claims || claims(path, beside)))
            {
                claiming.Add(candidate.Format);
            }
        }

        return claiming;
    }

    private static Candidate[] Of(IEnumerable<Format> formats, Predicate<FilePattern> fits) =>
        [.. formats.Select(f => new Candidate(f, Array.FindAll(f.Patterns, fits))).Where(c => c.Patterns.Length > 0)];

    /// <summary>A format and those of its patterns that files of one extension can match.</summary>
    internal readonly record struct Candidate(Format Format, FilePattern[] Patterns)
    {
        public bool MayClaim(ReadOnlySpan<char> path) => FilePattern.AnyMatches(Patterns, path);
    }
}
