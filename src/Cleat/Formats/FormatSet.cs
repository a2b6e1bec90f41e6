using System.Collections.Frozen;
using Cleat.Formats.Prefilter;
using Cleat.Trees.Yaml;

namespace Cleat.Formats;

/// <summary>The formats of one run, with a fast answer to the question that is asked for every file: who claims it?</summary>
internal sealed class FormatSet
{
    private readonly FrozenDictionary<string, Candidates> byExtension;
    private readonly Candidates others;

    // extensions that some format claims whatever stands in front of them
    private readonly FrozenSet<string> wholeExtensions;

    /// <param name="formats">In the order they are tried.</param>
    public FormatSet(IEnumerable<Format> formats)
    {
        All = [.. formats];
        HashSet<string> extensions = [.. All.SelectMany(f => f.Patterns).Select(p => p.Extension).OfType<string>()];
        byExtension = extensions.ToFrozenDictionary(e => e, e => new Candidates(All, p => p.Extension is null || p.Extension == e, "*" + e), StringComparer.Ordinal);
        others = new(All, p => p.Extension is null, "*");
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

        var name = FilePattern.NameStart(path);
        foreach (var candidate in Of(path).Of(path[name..]))
        {
            if (FilePattern.AnyMatches(candidate.Patterns, path, name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The formats that could claim a path by its extension; their patterns have the last word.</summary>
    public Candidates Of(ReadOnlySpan<char> path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var dot = name.LastIndexOf('.');
        return dot >= 0 && byExtension.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name[dot..], out var formats) ? formats : others;
    }

    /// <summary>The formats that claim a file and may find something in it, in their order: for most files none.</summary>
    public List<Format> Claiming(string path, ReadOnlySpan<byte> text, Surroundings beside)
    {
        var candidates = Of(path);
        var name = FilePattern.NameStart(path);
        var found = candidates.Found(text);
        List<Format> claiming = [];
        bool? isKubernetes = null;
        foreach (var candidate in candidates.Of(path.AsSpan(name)))
        {
            var format = candidate.Format;
            if (candidate.MayClaim(path, name, text, found)
                && format.MayStart(text)
                && !(format.NeverKubernetes && (isKubernetes ??= YamlDocuments.IsKubernetes(text)))
                && format.Claims?.Invoke(path, beside) != false)
            {
                claiming.Add(format);
                if (format.TakesAll)
                {
                    // nothing is left for those behind it
                    break;
                }
            }
        }

        return claiming;
    }
}
