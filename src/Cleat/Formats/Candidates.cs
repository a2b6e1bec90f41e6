using Cleat.Text;

namespace Cleat.Formats;

/// <summary>The formats that files of one extension can be of.</summary>
internal sealed class Candidates
{
    private readonly Sieve sieve;

    /// <param name="fits">True for a pattern that files of this extension can match.</param>
    /// <param name="all">The pattern that all of them match.</param>
    public Candidates(IEnumerable<Format> formats, Predicate<FilePattern> fits, string all)
    {
        List<(Format Format, FilePattern[] Patterns)> rows = [.. formats.Select(f => (f, Array.FindAll(f.Patterns, fits))).Where(r => r.Item2.Length > 0)];
        List<byte[]> words = [.. Gate.Escapes];
        All = new Candidate[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            var (format, patterns) = rows[i];
            var isWide = Array.Exists(patterns, p => p.Text == all);
            List<byte[]> more = [.. format.Gates.Except(words)];
            if (isWide && words.Count + more.Count <= Sieve.MostWords)
            {
                words.AddRange(more);
                All[i] = new(format, patterns, new Gate(format.Gates, words));
            }
            else
            {
                All[i] = new(format, patterns, null);
            }
        }

        sieve = new(words);
    }

    public Candidate[] All { get; }

    /// <summary>Which of the formats that claim a file by its name may find something in it; most files hold no word of any.</summary>
    /// <param name="may">For each of <see cref="All"/>.</param>
    public void Look(ReadOnlySpan<char> path, ReadOnlySpan<byte> text, Span<bool> may)
    {
        var found = Gate.Found(sieve, text);
        var name = FilePattern.NameStart(path);
        for (var i = 0; i < All.Length; i++)
        {
            may[i] = All[i].Shared is { } gate ? gate.Opens(found) : FilePattern.AnyMatches(All[i].Patterns, path, name) && All[i].Own.Opens(text);
        }
    }
}

/// <summary>A format and those of its patterns that files of one extension can match.</summary>
/// <param name="Shared">For a format that every file of the extension can be of: they are asked all at once.</param>
internal sealed record Candidate(Format Format, FilePattern[] Patterns, Gate? Shared)
{
    /// <summary>For a format of few files.</summary>
    public Gate Own => field ??= new(Format.Gates);

    public bool MayClaim(ReadOnlySpan<char> path) => FilePattern.AnyMatches(Patterns, path);
}
