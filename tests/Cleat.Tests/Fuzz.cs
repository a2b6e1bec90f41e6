using CsCheck;

namespace Cleat.Tests;

/// <summary>
/// Tries properties on generated samples. The same samples each time, so that no run is red by chance: <c>./test --long</c> draws a seed, says it, and tries a
/// hundred times as many; <c>CLEAT_SEED</c> repeats a run.
/// </summary>
internal static class Fuzz
{
    private const ulong Usual = 20261128;

    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("CLEAT_FUZZ") is "long";

    public static ulong Seed { get; } =
        ulong.TryParse(Environment.GetEnvironmentVariable("CLEAT_SEED"), out var given) ? given
        : IsLong ? (ulong)Random.Shared.NextInt64() : Usual;

    public static long Iterations(long usual) => IsLong ? usual * 100 : usual;

    /// <summary>Checks generated samples; the first that fails is told with what repeats it.</summary>
    /// <param name="iter">How many, in a usual run.</param>
    public static void Try<T>(this Gen<T> gen, Action<T> check, long iter, Func<T, string>? print = null, int threads = -1)
    {
        if (IsLong)
        {
            Console.WriteLine($"seed {Seed}");
        }

        Parallel.For(0L, Iterations(iter), new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            var sample = gen.Generate(new PCG((uint)i, Seed), null, out _);
            try
            {
                check(sample);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"sample {i} of CLEAT_SEED={Seed}: {(print is null ? sample?.ToString() : print(sample))}", e);
            }
        });
    }

    /// <summary>As above, for a property that says whether it holds.</summary>
    public static void Try<T>(this Gen<T> gen, Func<T, bool> holds, long iter, Func<T, string>? print = null) => gen.Try(sample => Assert.True(holds(sample)), iter, print);

    /// <summary>As above, for pairs and triples.</summary>
    public static void Try<T1, T2>(this Gen<(T1 One, T2 Two)> gen, Action<T1, T2> check, long iter) => gen.Try(sample => check(sample.One, sample.Two), iter);

    public static void Try<T1, T2, T3>(this Gen<(T1 One, T2 Two, T3 Three)> gen, Action<T1, T2, T3> check, long iter) => gen.Try(sample => check(sample.One, sample.Two, sample.Three), iter);

    public static void Try<T1, T2>(this Gen<(T1 One, T2 Two)> gen, Func<T1, T2, bool> holds, long iter) => gen.Try(sample => holds(sample.One, sample.Two), iter);

    public static void Try<T1, T2, T3>(this Gen<(T1 One, T2 Two, T3 Three)> gen, Func<T1, T2, T3, bool> holds, long iter) => gen.Try(sample => holds(sample.One, sample.Two, sample.Three), iter);
}
