using System.Globalization;
using Cleat.Registries.Client;
using Cleat.Text;

namespace Cleat.Cli.Verbs;

/// <summary>The line that a person looks at while registries are asked.</summary>
internal static class ResolveBar
{
    private const int Cells = 20;

    /// <summary>A bar, counts, the hosts that are asked now, and which of them ask to wait.</summary>
    /// <param name="width">Columns of the terminal: the line is cut to one less, so that it never wraps.</param>
    public static string Text(int done, int total, IReadOnlyList<HostTraffic> hosts, int width)
    {
        var full = total == 0 ? 0 : (int)((long)Cells * done / total);
        var busy = hosts.Where(h => h.UnderWay > 0 || h.Waiting is not null)
            .OrderByDescending(h => h.Waiting is not null).ThenByDescending(h => h.UnderWay)
            .Select(h => h.Waiting is { } wait ? $"{h.Host} asks to wait {Time(wait)} (rate limit)" : string.Create(CultureInfo.InvariantCulture, $"{h.Host} {h.UnderWay}"));
        var line = string.Create(CultureInfo.InvariantCulture, $"[{new string('#', full)}{new string('.', Cells - full)}] {done} of {total} tags  {string.Join(", ", busy)}").TrimEnd();
        return line.Length < width ? line : width < 2 ? "" : line[..(width - 2)] + "…";
    }

    /// <summary>What each host said of what it still gives, for the end of a run.</summary>
    public static IEnumerable<string> Summary(IReadOnlyList<HostTraffic> hosts) => hosts.Select(h =>
    {
        var quota = h.Quota is not { } q ? ""
            : string.Create(CultureInfo.InvariantCulture, $"; {q.Remaining}{(q.Limit is { } limit ? $" of {limit}" : "")} pulls left{(q.Window is { } window ? $" in {Time(window)}" : "")}");
        var waits = h.Waits == 0 ? "" : $"; it asked to wait {Times(h.Waits)}";
        return string.Create(CultureInfo.InvariantCulture, $"{h.Host}: {h.Asked} {(h.Asked == 1 ? "request" : "requests")}{waits}{quota}");
    });

    /// <summary>A wait in words, rounded up: <c>12 s</c>, <c>3 min</c>, <c>6 hours</c>.</summary>
    public static string Time(TimeSpan time) => Duration.Words(time switch
    {
        { TotalHours: >= 2 } => TimeSpan.FromHours(Math.Ceiling(time.TotalHours)),
        { TotalMinutes: >= 2 } => TimeSpan.FromMinutes(Math.Ceiling(time.TotalMinutes)),
        _ => TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds)),
    });

    private static string Times(int n) => n == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{n} times");
}
