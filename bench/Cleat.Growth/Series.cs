using Cleat.Growth.Inputs;

namespace Cleat.Growth;

/// <summary>One input in growing sizes, and what is wrong with how its cost grows.</summary>
/// <param name="Measures">The smallest first.</param>
internal sealed record Series(GrowthInput Input, IReadOnlyList<Measure> Measures)
{
    private const double MostExponent = 1.15;
    private const int BytesForEachByte = 40;

    // a run of a few hundredths of a second measures the machine, not the program
    private const double Noise = 0.03;
    private const double Telling = 0.1;

    // where no sizes are named: 1, 2, 4 and 8 times, and on until the run takes as long or the input is as large
    private const int Sizes = 4;
    private const double LongEnough = 0.4;
    private const long LargeEnough = 4_000_000;
    private const int MostMultiple = 1024;

    /// <summary>The sizes that count and are shown: the last four.</summary>
    public IEnumerable<Measure> Last => Measures.Skip(Measures.Count - Sizes);

    /// <summary>The exponent of time over size, by least squares of the logarithms; null when the runs are too short to tell.</summary>
    public double? Exponent
    {
        get
        {
            var points = Last.Where(m => m.Failure is null && m.Seconds >= Noise).Select(m => (X: Math.Log(m.Multiple), Y: Math.Log(m.Seconds))).ToList();
            if (points.Count < 2 || Last.Max(m => m.Seconds) < Telling)
            {
                return null;
            }

            var (x, y) = (points.Average(p => p.X), points.Average(p => p.Y));
            return points.Sum(p => (p.X - x) * (p.Y - y)) / points.Sum(p => (p.X - x) * (p.X - x));
        }
    }

    /// <summary>What goes over the bounds.</summary>
    public IReadOnlyList<string> Faults => field ??= [.. FindFaults()];

    /// <summary>How bad it is: the exponent; a run without an end is worse than any.</summary>
    public double Badness => Measures[^1].Failure is null ? Exponent ?? 0 : 10 + (Exponent ?? 0);

    /// <param name="multiples">The sizes; null for as many as it takes.</param>
    public static Series Of(GrowthInput input, IReadOnlyList<int>? multiples, string program, double startUp, TimeSpan limit)
    {
        List<Measure> measures = [];
        for (var i = 0; i < (multiples?.Count ?? int.MaxValue); i++)
        {
            measures.Add(Measure.Of(input, multiples?[i] ?? 1 << i, program, startUp, limit));
            var last = measures[^1];
            if (last.Failure is not null
                || (multiples is null && measures.Count >= Sizes && (last.Seconds > LongEnough || last.Bytes > LargeEnough || last.Multiple >= MostMultiple)))
            {
                break;
            }
        }

        // a machine that was busy for a moment is no fault of the program's: what looks wrong is measured twice
        Series first = new(input, measures);
        return first.Faults.Count == 0 || measures[^1].Failure is not null ? first : new(input, [.. measures.Select(m => m.Or(Measure.Of(input, m.Multiple, program, startUp, limit)))]);
    }

    private IEnumerable<string> FindFaults()
    {
        if (Measures[^1].Failure is { } failure)
        {
            yield return $"{failure} at {Count(Measures[^1])}";
        }

        if (Exponent is { } exponent && exponent > MostExponent)
        {
            yield return $"time grows with the power {exponent:0.00}";
        }

        if (Input.Within is { } seconds && Measures.LastOrDefault(m => m.Failure is null && m.Multiple <= 1 << (Sizes - 1)) is { } named && named.Seconds > seconds)
        {
            yield return $"{named.Seconds:0.00} s at {Count(named)}, over {seconds:0.##} s";
        }

        if (Measures.Where(m => m.Peak > Most(m)).MaxBy(m => m.Peak - Most(m)) is { } big)
        {
            yield return $"{Megabytes(big.Peak)} MB at {Count(big)}, over {Megabytes(Most(big))} MB";
        }
    }

    private int Count(Measure measure) => Input.Count * measure.Multiple;

    private long Most(Measure measure) => (BytesForEachByte * measure.Bytes) + Input.Memory;

    private static long Megabytes(long bytes) => bytes / 1_000_000;
}
