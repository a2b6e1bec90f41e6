namespace Cleat.Registries.Client;

/// <summary>When a resolution must be over, retries and waits included.</summary>
internal sealed class Deadline(TimeProvider clock, TimeSpan limit)
{
    private readonly long started = clock.GetTimestamp();

    internal TimeSpan Limit => limit;

    internal TimeSpan Remaining => limit - clock.GetElapsedTime(started);

    /// <summary>A length of time in the words of a message: <c>60 s</c>, <c>10 min</c>, <c>5 hours</c>.</summary>
    internal static string Words(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => $"{(int)time.TotalDays} days",
        { TotalHours: >= 2 } => $"{(int)time.TotalHours} hours",
        { TotalMinutes: >= 2 } => $"{time.TotalMinutes:0.#} min",
        { TotalSeconds: >= 1 } => $"{time.TotalSeconds:0.#} s",
        _ => $"{time.TotalMilliseconds:0} ms",
    };
}
