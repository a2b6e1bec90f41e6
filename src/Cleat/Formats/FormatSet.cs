using System.Collections.Frozen;
using Cleat.Formats.Prefilter;
using Cleat.Trees;

namespace Cleat.Formats;

/// <summary>The formats of one run, with a fast answer to the question that is asked for every file: who claims it?</summary>
internal sealed class FormatSet
{
    private readonly FrozenDictionary<string, Candidates> byExtension;
    private readonly Candidates others;

    /// <param name="formats">In the order they are tried.</param>
    public FormatSet(IEnumerable<Format> formats)
    {
        All = [.. formats];
        HashSet<string> extensions = [.. All.SelectMany(f => f.Patterns).Select(p => p.Extension).OfType<string>()];
        byExtension = extensions.ToFrozenDictionary(e => e, e => new Candidates(All, p => p.Extension is null || p.Extension == e, "*" + e), StringComparer.Ordinal);
        others = new(All, p => p.Extension is null, "*");
    }

    /// <summary>What is built in and not opt-in.</summary>
    public static FormatSet BuiltIn { get; } = new(FormatList.All.Where(f => !f.OptIn));

    public IReadOnlyList<Format> All { get; }

    /// <summary>True when some format may claim a file of this path.</summary>
    public bool Wants(ReadOnlySpan<char> path)
    {
        path = TemplateName.OfResult(path);
        var candidates = Of(path);
        return candidates.TakeAny || candidates.Of(path, ulong.MaxValue).GetEnumerator().MoveNext();
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
        var made = TemplateName.OfResult(path);
        path = made.Length == path.Length ? path : made.ToString();
        var candidates = Of(path);
        List<Format> claiming = [];
        bool? isKubernetes = null;
        foreach (var candidate in candidates.Of(path, candidates.Found(text)))
        {
            var format = candidate.Format;
            if (candidate.MayHold(text) && format.Look.MayStart(text, ref isKubernetes) && format.Claims?.Invoke(path, beside) != false)
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
