namespace Cleat.Registries.Client;

/// <summary>When a resolution must be over, retries and waits included.</summary>
internal sealed class Deadline(TimeProvider clock, TimeSpan limit)
{
    private readonly long started = clock.GetTimestamp();

    internal TimeSpan Limit => limit;

    internal TimeSpan Remaining => limit - clock.GetElapsedTime(started);
}
