namespace Cleat.Growth;

/// <summary>Measures as lines of text.</summary>
internal static class Table
{
    public static string Head { get; } = Line("input", "count", "exponent", "KB", "CPU seconds", "peak KB", "peak for each byte");

    public static string Row(Series series) => Line(
        series.Input.Name,
        $"{series.Input.Count * series.Measures[^1].Multiple}",
        series.Exponent is { } exponent ? $"{exponent:0.00}" : "-",
        Each(series, m => $"{m.Bytes / 1000.0:0}"),
        Each(series, m => m.Failure is null ? $"{m.Seconds:0.000}" : $"({m.Failure})"),
        Each(series, m => $"{m.Peak / 1000}"),
        $"{series.Measures[^1].Peak / (double)series.Measures[^1].Bytes:0.0}{(series.Faults.Count > 0 ? " OVER" : "")}");

    private static string Line(string name, string count, string exponent, string sizes, string seconds, string peaks, string last) =>
        $"{name,-34} {count,8} {exponent,8}  {sizes,-12} {seconds,-14} {peaks,-14} {last}";

    private static string Each(Series series, Func<Measure, string> cell) => string.Join(" ", series.Measures.Select(cell));
}
