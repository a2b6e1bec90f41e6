using Cleat.Cli.Reports;
using Cleat.Findings;
using Cleat.Text;

namespace Cleat.Cli.Verbs;

/// <summary>Prints what pins everything that runs by a tag, as lines for a shell or as patches, and does it where that is asked for.</summary>
internal sealed class RunningPin(RunningPlan plan, Terminal terminal)
{
    private readonly List<JobError> errors = [.. plan.Errors];
    private int left;
    private int done;

    /// <summary>Does what can be done at once.</summary>
    public bool Apply { get; init; }

    /// <summary>Prints patches in place of commands.</summary>
    public bool AsPatches { get; init; }

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var refused = Apply ? await TryAsync(cancellation) : [];
        using (var text = terminal.Text())
        {
            foreach (var step in plan.Steps)
            {
                if (refused.Contains(step))
                {
                    left++;
                    continue;
                }

                await text.WriteAsync(Text(step));
                if (Apply && step.CanApply)
                {
                    await text.FlushAsync(cancellation);
                    if (await step.ApplyAsync(cancellation) is not { } problem)
                    {
                        await text.WriteLineAsync($"# done: {PrintableText.Of(step.Done!)}");
                        done++;
                        continue;
                    }

                    errors.Add(problem);
                }

                left++;
            }

            await text.WriteLineAsync((left, done) switch
            {
                (0, 0) => errors.Count > 0 ? "# Nothing to pin in what could be seen." : "# Nothing to pin.",
                (_, 0) => $"# {Wording.Count(left, "workload")} to pin.",
                (0, _) => $"# {Wording.Count(done, "workload")} pinned.",
                _ => $"# {Wording.Count(done, "workload")} pinned, {Wording.Count(left, "workload")} left for you.",
            });
        }

        ReportWriter.WriteErrors(errors, terminal);
        return errors.Count > 0 ? ExitCode.Incomplete : left > 0 ? ExitCode.Findings : ExitCode.Done;
    }

    // nothing is changed before everything was tried
    private async Task<HashSet<RunningStep>> TryAsync(CancellationToken cancellation)
    {
        HashSet<RunningStep> refused = [];
        foreach (var step in plan.Steps.Where(s => s.CanApply))
        {
            if (await step.TryAsync(cancellation) is { } problem)
            {
                errors.Add(problem);
                refused.Add(step);
            }
        }

        return refused;
    }

    private string Text(RunningStep step)
    {
        if (!AsPatches || !step.CanApply)
        {
            return string.Concat(step.Lines.Select(line => PrintableText.Of(line) + "\n"));
        }

        return step.Patch is { } patch ? $"---\n{patch}" : string.Concat(step.Lines.Select(line => $"# no strategic-merge patch for this kind: {PrintableText.Of(line)}\n"));
    }
}
