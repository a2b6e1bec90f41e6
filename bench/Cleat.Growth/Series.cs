using Cleat.Growth.Inputs;

namespace Cleat.Growth;

/// <summary>One input in growing sizes, and what is wrong with how its cost grows.</summary>
/// <param name="Measures">The smallest first.</param>
internal sealed record Series(GrowthInput Input, IReadOnlyList<Measure> Measures)
{
    private const double MostExponent = 1.15;
    private const int BytesForEachByte = 40;

    // where no sizes are named: doubled until a run takes that long, or until the largest would be a very large input; then four times that
    private const double LongEnough = 0.05;
    private const long LargeEnough = 2_000_000;
    private const int MostMultiple = 256;
    private const int Named = 8;
    private const int Last = 4;

    // what is said to be wrong was measured in four sizes, the quickest of so many runs each
    private const int Runs = 3;

    /// <summary>The exponent of time over size, by least squares of the logarithms; null when the runs are too short to tell.</summary>
    public double? Exponent
    {
        get
        {
            var points = Measures.Where(m => m.Failure is null && m.Seconds >= LongEnough / 2).Select(m => (X: Math.Log(m.Multiple), Y: Math.Log(m.Seconds))).ToList();
            if (points.Count < 2)
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

    /// <param name="multiples">The sizes; null for as few as it takes.</param>
    public static Series Of(GrowthInput input, IReadOnlyList<int>? multiples, string program, double startUp, TimeSpan limit)
    {
        if (multiples is not null)
        {
            return In(multiples, Runs);
        }

        var multiple = 1;
        var first = Measure.Of(input, multiple, program, startUp, limit, 1);
        while (first is { Failure: null, Seconds: < LongEnough, Work: < LargeEnough, Multiple: < MostMultiple })
        {
            multiple *= 2;
            first = Measure.Of(input, multiple, program, startUp, limit, 1);
        }

        Series quick = new(input, first.Failure is null ? [first, Measure.Of(input, multiple * Last, program, startUp, limit, 1)] : [first]);
        quick = input.Within is null || quick.Measures.Any(m => m.Multiple == Named) ? quick
            : quick with { Measures = [.. quick.Measures.Append(Measure.Of(input, Named, program, startUp, limit, 1)).OrderBy(m => m.Multiple)] };

        // a machine that was busy for a moment is no fault of the program's
        return quick.Faults.Count == 0 || quick.Measures[^1].Failure is not null ? quick
            : In([.. ((int[])[multiple, multiple * 2, multiple * Last, multiple * Last * 2]).Concat(input.Within is null ? [] : [Named]).Distinct().Order()], Runs);

        Series In(IReadOnlyList<int> sizes, int runs)
        {
            List<Measure> measures = [];
            foreach (var size in sizes)
            {
                measures.Add(Measure.Of(input, size, program, startUp, limit, runs));
                if (measures[^1].Failure is not null)
                {
                    break;
                }
            }

            return new(input, measures);
        }
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

        if (Input.Within is { } seconds && Measures.LastOrDefault(m => m.Failure is null && m.Multiple <= Named) is { } named && named.Seconds > seconds)
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
