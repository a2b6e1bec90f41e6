using System.Collections.Concurrent;
using System.Text;

namespace Cleat.Trees.Paths;

/// <summary>
/// The path language, the same over YAML, JSON and HCL (docs/paths.md): <c>a.b</c> keys, <c>*</c> any key, <c>pre*fix</c> a key with one star,
/// <c>'a.b/c'</c> a key with dots in it, <c>[]</c> every item of a list, <c>**</c> any depth (none included), <c>{key=a|b}</c> what the map must say
/// in which the next key is looked up, and at the end <c> = docker://</c> what a value must start with to be a reference.
/// </summary>
internal sealed class PathSet
{
    /// <exception cref="ArgumentException">A path is not well written: a bug in a row. User formats are read with <see cref="TryRead"/>.</exception>
    public PathSet(params ReadOnlySpan<string> paths)
        : this([.. paths], out var wrong)
    {
        if (wrong is not null)
        {
            throw new ArgumentException(wrong, nameof(paths));
        }
    }

    private PathSet(string[] paths, out string? wrong)
    {
        Paths = paths;
        wrong = null;
        var prefixes = new string[paths.Length];
        List<PathWords> words = [];
        List<PathMatcher> matchers = [];
        PathMatcher matcher = new();
        for (var p = 0; p < paths.Length; p++)
        {
            var (steps, prefix) = PathText.Read(paths[p], out var problem);
            if (problem is not null || steps.Count > PathMatcher.MostSteps)
            {
                wrong ??= $"path '{paths[p]}': {problem ?? "it has too many steps"}";
                continue;
            }

            prefixes[p] = prefix;
            words.Add(PathWords.Of(steps, prefix));
            if (!matcher.TryAdd(steps, p))
            {
                matchers.Add(matcher);
                matcher = new();
                matcher.TryAdd(steps, p);
            }
        }

        matchers.Add(matcher);
        Prefixes = prefixes;
        Words = words;
        Matchers = matchers;
    }

    /// <summary>The paths as written.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>For each path what its values must start with; empty for most.</summary>
    public IReadOnlyList<string> Prefixes { get; }

    /// <summary>For each path what a document must hold to match it.</summary>
    public IReadOnlyList<PathWords> Words { get; }

    /// <summary>The walks to make: as many paths in one as fit.</summary>
    public IReadOnlyList<PathMatcher> Matchers { get; }

    /// <summary>Reads paths that people wrote.</summary>
    /// <param name="wrong">Which path is wrong, and how; null when all are right.</param>
    public static PathSet? TryRead(IReadOnlyList<string> paths, out string? wrong)
    {
        PathSet set = new([.. paths], out wrong);
        return wrong is null ? set : null;
    }
}

/// <summary>The words that a document must hold, in UTF-8, before a path can match in it.</summary>
/// <param name="All">Words that must be there somewhere.</param>
/// <param name="Key">The last fixed key of the path; empty when it has none.</param>
/// <param name="IsScalar">The key holds the reference itself, so that a scalar is its value.</param>
/// <param name="AnyUsual">Whichever value a guard finds, the usual word is in it: <c>{type=docker-image|registry-image}</c>.</param>
internal sealed record PathWords(IReadOnlyList<byte[]> All, byte[] Key, bool IsScalar, bool AnyUsual)
{
    // nearly every path has it in one of its keys: image, newImage, ContainerImage
    private const string Usual = "mage";

    private const int ShortestGate = 3;

    private static readonly ConcurrentDictionary<string, byte[]> Known = new(StringComparer.Ordinal);

    /// <summary>A word that stands wherever the path leads somewhere, the same for as many paths as can be; null when there is none to tell from.</summary>
    public byte[]? Gate { get; } = AnyUsual ? Word(Usual) : GateOf([.. All, Key]);

    /// <summary>A word in UTF-8: the same array each time.</summary>
    internal static byte[] Word(string word) => Known.GetOrAdd(word, Encoding.UTF8.GetBytes);

    internal static PathWords Of(IReadOnlyList<PathStep> steps, string prefix)
    {
        List<string> words = [];
        foreach (var step in steps)
        {
            words.AddRange(step.Guards.Where(g => !g.IsNegated && g.Values.Count == 1).Select(g => g.Values[0].TrimEnd('*')));
            words.Add(step.Key);
            words.Add(step.KeyEnd ?? "");
        }

        var last = steps.LastOrDefault(s => s is { Kind: StepKind.Key, KeyEnd: null })?.Key ?? "";
        words.RemoveAll(w => w == last);
        // `docker:\/\/` is JSON too
        words.Add(prefix.TrimEnd('/'));
        var anyUsual = steps.Any(s => s.Guards.Any(g => !g.IsNegated && g.Values.All(v => v.Contains(Usual, StringComparison.Ordinal))));
        return new([.. words.Where(w => w.Length > 0).Distinct().Select(Word)], Word(last), steps[^1] is { Kind: StepKind.Key, KeyEnd: null }, anyUsual);
    }

    private static byte[]? GateOf(IReadOnlyList<byte[]> words)
    {
        var usual = Word(Usual);
        return words.Any(w => w.AsSpan().IndexOf(usual) >= 0) ? usual : words.MaxBy(w => w.Length) is { Length: >= ShortestGate } longest ? longest : null;
    }
}
