using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using Cleat.Formats.Helm;
using Cleat.Trees.Paths;
using Cleat.Trees.Yaml;

namespace Cleat.Formats.Kubernetes;

/// <summary>Which kinds of custom resources name images elsewhere than in a pod spec: the data in CustomResources.txt.</summary>
internal static class CustomResources
{
    // longer than any of the data
    private const int LongestKind = 64;

    private static readonly Lazy<FrozenDictionary<string, Kind[]>> Kinds = new(Load);

    /// <summary>What stands in a resource that names an image under a key without the word itself; a test holds that it is all there is.</summary>
    public static IReadOnlyList<string> Gates { get; } = ["package", "builder", "bundle", "repository"];

    /// <summary>How many kinds the data knows.</summary>
    public static int Count => Kinds.Value.Values.Sum(k => k.Length);

    /// <summary>The paths of all kinds, as they are written.</summary>
    public static IEnumerable<PathSet> All => Kinds.Value.Values.SelectMany(k => k).Select(k => k.Paths);

    /// <summary>The groups that have such kinds.</summary>
    public static IReadOnlySet<string> Groups => field ??= Kinds.Value.Values.SelectMany(k => k).Select(k => k.Group).Where(g => g != "-").ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The paths of a kind, or null when it has none of its own.</summary>
    /// <param name="apiVersion"><c>group/version</c>; without a group <c>v1</c>.</param>
    public static PathSet? Paths(string? apiVersion, string? kind)
    {
        if (apiVersion is null || kind is null || !Kinds.Value.TryGetValue(kind.ToLowerInvariant(), out var groups))
        {
            return null;
        }

        var group = apiVersion.LastIndexOf('/') is var slash && slash < 0 ? "-" : apiVersion[..slash];
        return Array.Find(groups, k => k.Group == group)?.Paths;
    }

    /// <summary>True when a document names one of the kinds and may hold one of its places.</summary>
    public static bool MayHold(ReadOnlySpan<byte> text)
    {
        WordSearch words = new(text);
        Span<char> kind = stackalloc char[LongestKind];
        for (var at = 0; text[at..].IndexOf("kind"u8) is var found and >= 0;)
        {
            at += found + 4;
            var rest = text[at..].TrimStart("\"' \t"u8);
            if (rest is not [(byte)':', ..])
            {
                continue;
            }

            rest = rest[1..].TrimStart(" \t\"'"u8);
            var length = 0;
            while (length < rest.Length && (char.IsAsciiLetterOrDigit((char)rest[length])))
            {
                length++;
            }

            if (length is > 0 and <= LongestKind && Ascii.ToLower(rest[..length], kind, out _) == OperationStatus.Done
                && Kinds.Value.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(kind[..length], out var kinds))
            {
                foreach (var row in kinds)
                {
                    if (YamlDocuments.MayHold(ref words, row.Paths.Words, scalars: !row.HoldsValues))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    private static FrozenDictionary<string, Kind[]> Load()
    {
        using var data = typeof(CustomResources).Assembly.GetManifestResourceStream("CustomResources.txt") ?? throw new InvalidOperationException("CustomResources.txt is not in the assembly");
        using StreamReader lines = new(data);
        List<(string Kind, Kind Row)> rows = [];
        while (lines.ReadLine() is { } line)
        {
            if (line.Split(' ') is [var group, var kind, .. var paths] && group != "#")
            {
                rows.Add((kind, new(group, paths)));
            }
        }

        return rows.GroupBy(r => r.Kind, r => r.Row).ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
    }

    private sealed class Kind(string group, string[] paths)
    {
        private const string Values = "values:";

        public string Group => group;

        /// <summary>True when values of a Helm chart stand in it, whose images may be maps.</summary>
        public bool HoldsValues { get; } = Array.Exists(paths, p => p.StartsWith(Values, StringComparison.Ordinal));

        // most runs meet a few kinds at most
        public PathSet Paths => field ??= new([.. paths.SelectMany(p => p.StartsWith(Values, StringComparison.Ordinal) ? InnerValues.Paths(p[Values.Length..]) : [p])]);
    }
}
