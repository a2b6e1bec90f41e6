using Cleat.Text;

namespace Cleat.Formats;

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
            if (patterns.Length == 0)
            {
                continue;
            }

            List<byte[]> more = [.. format.Gates.Except(words)];
            var shares = Array.Exists(patterns, p => p.Text == all) && words.Count + more.Count <= Sieve.MostWords;
            words.AddRange(shares ? more : []);
            candidates.Add(new(format, patterns, shares ? new Gate(format.Gates, words) : null));
        }

        sieve = new(words);
        enough = candidates.Aggregate(ulong.MaxValue, (bits, c) => bits & (c.Shared?.Bits ?? ulong.MaxValue)) & sieve.All;
        others = With(null);
        byLetter = candidates.SelectMany(c => c.Patterns).Select(p => p.FirstLetter).OfType<char>().Distinct().ToDictionary(letter => letter, letter => With(letter));

        Candidate[] With(char? letter) => [.. candidates.Where(c => Array.Exists(c.Patterns, p => p.FirstLetter is not { } first || first == letter))];
    }

    /// <summary>Those that a file's name does not rule out by its first letter, in the order they are tried.</summary>
    /// <param name="name">The file's name without its folders.</param>
    public Candidate[] Of(ReadOnlySpan<char> name) => name.Length > 0 && byLetter.TryGetValue(name[0], out var some) ? some : others;

    /// <summary>What stands in a text, for <see cref="Candidate.Shared"/>.</summary>
    public ulong Found(ReadOnlySpan<byte> text) => Gate.Found(sieve, text, enough);
}

/// <summary>A format and those of its patterns that files of one extension can match.</summary>
/// <param name="Shared">For a format that every file of the extension can be of: they are asked all at once.</param>
internal sealed record Candidate(Format Format, FilePattern[] Patterns, Gate? Shared)
{
    /// <summary>For a format of few files.</summary>
    public Gate Own => field ??= new(Format.Gates);
}
