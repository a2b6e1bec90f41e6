using System.Globalization;
using Cleat.Growth;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (GrowthOptions.Read(args, out var mistake) is not { } options)
{
    Console.Error.WriteLine($"growth: {mistake}");
    return 2;
}

var startUp = Measure.StartUp(options.Program, options.Limit);
Console.WriteLine($"{options.Program}: {startUp:0.000} s to start, taken off every time below");
Console.WriteLine(Table.Head);
List<Series> all = [];
foreach (var input in options.Inputs)
{
    all.Add(Series.Of(input, options.Multiples, options.Program, startUp, options.Limit));
    Console.WriteLine(Table.Row(all[^1]));
}

List<Series> over = [.. all.Where(s => s.Faults.Count > 0).OrderByDescending(s => s.Badness)];
Console.WriteLine();
foreach (var series in over)
{
    Console.WriteLine($"{series.Input.Name}: {string.Join("; ", series.Faults)}");
}

Console.WriteLine($"{all.Count} inputs, {over.Count} over their bounds");
return over.Count == 0 ? 0 : 1;
