using Cleat.References;
using Cleat.Running.Plans;
using Cleat.Uses;

namespace Cleat.Running.Docker;

/// <summary>An image that an engine runs, with what its fix is made from.</summary>
internal sealed record EngineUse
{
    public required RunningUse Running { get; init; }

    /// <summary>What other workloads of the engine run for the same reference, where that is another image.</summary>
    public IReadOnlyList<Digest> Elsewhere { get; init; } = [];

    /// <summary>Why there is no digest to pin it to, and what to do instead; null when there is one, or a choice.</summary>
    public string? NoPin { get; init; }

    public IReadOnlyList<ComposeFile> ComposeFiles { get; init; } = [];

    /// <summary>True for what the engine can be told to run by another reference: a service of a swarm. A container would have to be made anew.</summary>
    public bool CanUpdate { get; init; }

    /// <summary>The use with what the registry says that its tag means now.</summary>
    public EngineUse With(TagMeaning? meaning, PinTo to)
    {
        if (meaning is not { Now: var now })
        {
            return this;
        }

        var asked = Running.Use.Reference;
        var moved = Running.Running.Any(r => r.Digest is { } runs && runs != now) || (asked?.Digest is { } pinned && pinned != now);
        return this with
        {
            Running = Running with
            {
                MeansNow = now,
                Pin = to == PinTo.Registry && Running.Use.Verdict == Verdict.Unpinned && asked is not null ? new(now, asked.At(now)) : Running.Pin,
                Notes = moved ? [.. Running.Notes, TagMeaning.Moved(now)] : Running.Notes,
            },
        };
    }
}
