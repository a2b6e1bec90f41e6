using Cleat.Text;

namespace Cleat.Running.Docker;

/// <summary>Everything that was asked of one engine, as it answered.</summary>
internal sealed record EngineState
{
    /// <summary>Requests under way at one time.</summary>
    private const int AtOnce = 8;

    public required string Context { get; init; }

    public required EngineInfo Info { get; init; }

    public IReadOnlyList<InspectedContainer> Containers { get; init; } = [];

    public IReadOnlyList<ListedImage> Images { get; init; } = [];

    public IReadOnlyList<ServiceEntry> Services { get; init; } = [];

    public IReadOnlyList<ListedTask> Tasks { get; init; } = [];

    public IReadOnlyList<ListedNode> Nodes { get; init; } = [];

    /// <summary>What could not be seen, and why.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>This engine is a swarm's node and may be asked about its services.</summary>
    public bool IsManager => Info.Swarm is { ControlAvailable: true };

    /// <summary>The platform of this engine's containers; null when it does not say.</summary>
    public string? Platform => PlatformOf(Info.OSType, Info.Architecture);

    public static string? PlatformOf(string? os, string? architecture) =>
        string.IsNullOrEmpty(os) || string.IsNullOrEmpty(architecture) ? null : Registries.Platform.Of(os, architecture, null).ToString();

    /// <summary>Asks for all of it. What does not answer is among <see cref="Problems"/>, and the rest goes on.</summary>
    public static async Task<EngineState> ReadAsync(EngineClient engine, CancellationToken cancellation)
    {
        List<string> problems = [];
        var info = await engine.GetAsync("info", EngineJson.Default.EngineInfo, cancellation);
        if (!info.IsOk)
        {
            return new() { Context = engine.Address.Name, Info = new(null, null, null, null), Problems = [info.Problem] };
        }

        EngineState state = new()
        {
            Context = engine.Address.Name,
            Info = info.Value,
            Images = ValuesOrProblem(await engine.GetAsync("images/json", EngineJson.Default.ListListedImage, cancellation), "the images", problems),
            Containers = await ContainersAsync(engine, problems, cancellation),
        };
        if (state.IsManager)
        {
            state = state with
            {
                Services = ValuesOrProblem(await engine.GetAsync("services", EngineJson.Default.ListServiceEntry, cancellation), "the swarm's services", problems),
                Tasks = ValuesOrProblem(await engine.GetAsync("tasks", EngineJson.Default.ListListedTask, cancellation), "the swarm's tasks", problems),
                Nodes = ValuesOrProblem(await engine.GetAsync("nodes", EngineJson.Default.ListListedNode, cancellation), "the swarm's nodes", problems),
            };
        }

        return state with { Problems = problems };
    }

    private static async Task<IReadOnlyList<InspectedContainer>> ContainersAsync(EngineClient engine, List<string> problems, CancellationToken cancellation)
    {
        // the list names an image by its id once its tag has moved on: only the container itself still knows what was asked for
        var listed = ValuesOrProblem(await engine.GetAsync("containers/json?all=1", EngineJson.Default.ListListedContainer, cancellation), "the containers", problems);
        var found = new InspectedContainer?[listed.Count];
        await Parallel.ForAsync(0, listed.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (i, stop) =>
        {
            var answer = await engine.GetAsync($"containers/{Uri.EscapeDataString(listed[i].Id ?? "")}/json", EngineJson.Default.InspectedContainer, stop);
            found[i] = answer.Value;

            // one that is gone meanwhile runs nothing
            if (!answer.IsOk && answer.Status != 404)
            {
                lock (problems)
                {
                    problems.Add($"the container {PrintableText.Abbreviated(listed[i].Id ?? "")} could not be seen: {answer.Problem}");
                }
            }
        });
        return [.. found.OfType<InspectedContainer>()];
    }

    private static List<T> ValuesOrProblem<T>(EngineAnswer<List<T>> answer, string what, List<string> problems)
    {
        if (answer.IsOk)
        {
            return answer.Value;
        }

        problems.Add($"{what} could not be seen: {answer.Problem}");
        return [];
    }
}
