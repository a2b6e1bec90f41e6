using Cleat.Admission.Pins;

namespace Cleat.Admission.Registries;

/// <summary>How much a registry is asked: so many questions a second, and next to none while it gives no answers. Each host by itself.</summary>
internal sealed class HostGates(int perSecond, TimeProvider clock)
{
    private readonly BoundedMap<string, HostGate> hosts = new(2000);

    public HostGate Of(string host) => hosts.TryGet(host, out var gate) ? gate : hosts.GetOrSet(host, new HostGate(perSecond, clock));
}

/// <summary>One host's budget (a token bucket) and circuit breaker.</summary>
internal sealed class HostGate(int perSecond, TimeProvider clock)
{
    private const int FailuresToOpen = 5;

    // recovery is seen within a second: one question goes through each half second
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private double tokens = 2 * perSecond;
    private long filled = clock.GetTimestamp();
    private int failures;
    private long rested;
    private string said = "";

    /// <summary>May it be asked now?</summary>
    /// <returns>Null for yes.</returns>
    public PinAnswer? Enter()
    {
        lock (gate)
        {
            if (failures >= FailuresToOpen)
            {
                if (clock.GetElapsedTime(rested) < Rest)
                {
                    return PinAnswer.Failed(PinCause.Unreachable, $"{said} (and the last {failures} questions had no answer either)");
                }

                rested = clock.GetTimestamp();
            }

            tokens = double.Min(2 * perSecond, tokens + (clock.GetElapsedTime(filled).TotalSeconds * perSecond));
            filled = clock.GetTimestamp();
            if (tokens < 1)
            {
                return PinAnswer.Failed(PinCause.Budget, $"its registry is asked no more than {perSecond} times a second; the next pod will be pinned");
            }

            tokens--;
            return null;
        }
    }

    /// <param name="failure">What was no answer; null when there was one, whatever it said.</param>
    public void Leave(string? failure)
    {
        lock (gate)
        {
            failures = failure is null ? 0 : int.Min(failures + 1, 1000);
            if (failures == FailuresToOpen)
            {
                rested = clock.GetTimestamp();
            }

            said = failure ?? "";
        }
    }
}
