using Cleat.Text;

namespace Cleat.Formats.Prefilter;

/// <summary>The formats that files of one extension can be of.</summary>
internal sealed class Candidates
{
    private readonly Sieve sieve;

    // one of these words opens every gate that shares the sieve
    private readonly ulong enough;

    // by the first letter of a file's name: most patterns begin with one
    private readonly Dictionary<char, Candidate[]> byLetter;
    private readonly Candidate[] others;

    /// <param name="fits">True for a pattern that files of this extension can match.</param>
    /// <param name="all">The pattern that all of them match.</param>
    public Candidates(IEnumerable<Format> formats, Predicate<FilePattern> fits, string all)
    {
        List<byte[]> words = [.. Gate.Escapes];
        List<Candidate> candidates = [];
        foreach (var format in formats)
        {
            var patterns = Array.FindAll(format.Patterns, fits);
            List<byte[]> more = [.. format.Look.Gates.Except(words)];
            var isWide = Array.Exists(patterns, p => p.Text == all) && words.Count + more.Count <= Sieve.MostWords;
            words.AddRange(isWide ? more : []);
            if (patterns.Length > 0)
            {
                candidates.Add(new(format, patterns, isWide, isWide ? new Gate(format.Look.Gates, words) : null));
            }
        }

        sieve = new(words);
        enough = candidates.Where(c => c.IsWide).Aggregate(ulong.MaxValue, (bits, c) => bits & c.Shared!.Bits) & sieve.All;
        // a format of few files needs no look of its own where it waits for the same words
        candidates = candidates.ConvertAll(c => c.IsWide ? c : c with { Shared = Shared(c.Format.Look.Gates) });
        TakeAny = candidates.Exists(c => c.IsWide);
        others = With(null);
        byLetter = candidates.SelectMany(c => c.Patterns).Select(p => p.FirstLetter).OfType<char>().Distinct().ToDictionary(letter => letter, letter => With(letter));

        // the look may stop at any word that is enough: each must open the format's gate too
        Gate? Shared(byte[][] gates) =>
            gates.Length > 0 && enough != 0 && !gates.Except(words).Any() && new Gate(gates, words) is var gate && (gate.Bits & enough) == enough ? gate : null;

        Candidate[] With(char? letter) => [.. candidates.Where(c => Array.Exists(c.Patterns, p => p.FirstLetter is not { } first || first == letter))];
    }

    /// <summary>True when some format claims every file of the extension.</summary>
    public bool TakeAny { get; }

    /// <summary>Those that may claim a file by its path, in the order they are tried.</summary>
    /// <param name="found">From <see cref="Found"/>: those whose words do not stand there are left out. All bits: none is.</param>
    public CandidateList Of(ReadOnlySpan<char> path, ulong found)
    {
        var name = FilePattern.NameStart(path);
        return new(name < path.Length && byLetter.TryGetValue(path[name], out var some) ? some : others, path, name, found);
    }

    /// <summary>What stands in a text, for <see cref="Candidate.Shared"/>.</summary>
    public ulong Found(ReadOnlySpan<byte> text) => Gate.Found(sieve, text, enough);
}

/// <summary>A format and those of its patterns that files of one extension can match.</summary>
/// <param name="IsWide">Every file of the extension matches its patterns.</param>
/// <param name="Shared">A gate that is asked together with others; always there for one that is wide.</param>
internal sealed record Candidate(Format Format, FilePattern[] Patterns, bool IsWide, Gate? Shared)
{
    private Gate? own;

    /// <summary>True when a file's path is one that the format claims.</summary>
    /// <param name="name">From <see cref="FilePattern.NameStart"/>.</param>
    /// <param name="found">From <see cref="Candidates.Found"/>.</param>
    public bool MayClaim(ReadOnlySpan<char> path, int name, ulong found) => (Shared is null || Shared.Opens(found)) && (IsWide || FilePattern.AnyMatches(Patterns, path, name));

    /// <summary>True when one of the format's words stands in the text, or need not.</summary>
    public bool MayHold(ReadOnlySpan<byte> text) => Shared is not null || (own ??= new(Format.Look.Gates)).Opens(text);
}

/// <summary>The candidates that may claim one path, for <c>foreach</c>.</summary>
internal readonly ref struct CandidateList(Candidate[] all, ReadOnlySpan<char> path, int name, ulong found)
{
    private readonly Enumerator start = new(all, path, name, found);

    public Enumerator GetEnumerator() => start;

    public ref struct Enumerator(Candidate[] all, ReadOnlySpan<char> path, int name, ulong found)
    {
        private readonly ReadOnlySpan<char> path = path;
        private int at = -1;

        public readonly Candidate Current => all[at];

        public bool MoveNext()
        {
            while (++at < all.Length)
            {
                if (all[at].MayClaim(path, name, found))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
