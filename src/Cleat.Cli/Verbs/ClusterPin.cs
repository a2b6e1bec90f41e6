using Cleat.Cli.Reports;
using Cleat.Findings;
using Cleat.References;
using Cleat.Running.Kubernetes;
using Cleat.Text;

namespace Cleat.Cli.Verbs;

/// <summary>Pins workloads: prints how, does it in the cluster, or does it in the manifests they were made from.</summary>
/// <param name="open">What is to be pinned, by workload.</param>
/// <param name="change">The change that pins a use, or why there is none.</param>
internal sealed class ClusterPin(ILookup<ClusterObject, WorkloadUse> open, Func<WorkloadUse, (ImageChange? Change, string? Why)> change, Terminal terminal)
{
    private int left;
    private int done;

    public required string Kubectl { get; init; }

    /// <summary>Patches are printed in place of commands.</summary>
    public required bool Patches { get; init; }

    /// <summary>What is made by something else is changed too.</summary>
    public required bool Force { get; init; }

    public List<JobError> Errors { get; } = [];

    /// <summary>Prints, and does it where there is something to do it with.</summary>
    public async Task<int> RunAsync(ClusterUpdate? update, CancellationToken cancellation)
    {
        List<IReadOnlyList<ImageChange>> wanted = [];
        using (var text = terminal.Text())
        {
            foreach (var workload in open)
            {
                var changes = Changes(workload, text);
                if (changes.Count == 0)
                {
                    continue;
                }

                if (update is null)
                {
                    left++;
                    await PrintAsync(changes, text);
                }
                else if (await ReportAsync(update.TryAsync(changes, cancellation)) is { } refusal)
                {
                    Fail(workload.Key, $"was not changed: {refusal}");
                }
                else
                {
                    wanted.Add(changes);
                }
            }

            // nothing is changed before everything was tried
            foreach (var changes in wanted)
            {
                await PrintAsync(changes, text);
                await text.FlushAsync(cancellation);
                if (await ReportAsync(update!.ApplyAsync(changes, cancellation)) is { } problem)
                {
                    Fail(changes[0].Use.Workload, problem);
                    continue;
                }

                await text.WriteLineAsync($"# done: {changes[0].Use.Workload.Shown}");
                done++;
            }

            await text.WriteLineAsync((left, done) switch
            {
                (0, 0) => Errors.Count > 0 ? "# Nothing to pin in what could be seen." : "# Nothing to pin.",
                (_, 0) => $"# {Wording.Count(left, "workload")} to pin.",
                (0, _) => $"# {Wording.Count(done, "workload")} pinned.",
                _ => $"# {Wording.Count(done, "workload")} pinned, {left} left for you.",
            });
        }

        ReportWriter.WriteErrors(Errors, terminal);
        return Errors.Count > 0 ? ExitCode.Incomplete : left > 0 ? ExitCode.Findings : ExitCode.Done;
    }

    // a credential that is gone in mid-run is one workload's failure, like any other
    private static async Task<string?> ReportAsync(Task<string?> step)
    {
        try
        {
            return await step;
        }
        catch (ClusterAccessException e)
        {
            return e.Message;
        }
    }

    /// <summary>Pins the manifests of a checkout that made the workloads.</summary>
    public int InSource(string folder, CleatConfig config, CancellationToken cancellation)
    {
        var report = ImageTree.Open([folder], new() { Config = config }).Judge(cancellation);
        Dictionary<Finding, Digest> digests = new(ReferenceEqualityComparer.Instance as IEqualityComparer<Finding>);
        foreach (var wanted in open.SelectMany(w => Changes(w, null)))
        {
            Plan(wanted, report, digests, folder);
        }

        var done = report.PlanPins(f => digests.TryGetValue(f, out var digest) ? digest : null, cancellation: cancellation).Write(cancellation);
        using (var text = terminal.Text())
        {
            foreach (var one in done.Changes.SelectMany(c => c.Findings))
            {
                text.WriteLine($"{one.File}:{one.Position.Line}: {one.Use.Text} is {one.Pin!.Text} now");
            }

            text.WriteLine(done.References == 0 ? "Nothing pinned." : $"{Wording.Count(done.References, "reference")} pinned in {Wording.Count(done.Changes.Count, "file")}: commit, and apply them.");
        }

        Errors.AddRange(done.Report.Errors);
        ReportWriter.WriteErrors(Errors, terminal);
        return Errors.Count > 0 || left > 0 ? ExitCode.Incomplete : ExitCode.Done;
    }

    private void Plan(ImageChange wanted, Report report, Dictionary<Finding, Digest> digests, string folder)
    {
        var places = Places(wanted.Use, report, anyNamespace: false);
        places = places.Count > 0 ? places : Places(wanted.Use, report, anyNamespace: true);
        var made = places.FindAll(p => p.Use.Text == wanted.Use.Use.Text);
        if (made.Count != 1)
        {
            var many = string.Join(", ", made.Select(p => p.File));
            Fail(wanted.Use.Workload, made.Count > 1 ? $"is made by more than one manifest ({many}): pin the right one with cleat pin"
                : places.Count > 0 ? $"is made by {places[0].File}, which says {places[0].Use.Text} for {wanted.Use.Container ?? wanted.Use.Use.Path} and not {wanted.Use.Use.Text}: deploy it, or change it by hand"
                : $"is not pinned: no manifest in {folder} makes it (kind, name, namespace and container): it may be made from a template or a chart");
            return;
        }

        if (made[0].PinObstacle is { } why)
        {
            Fail(wanted.Use.Workload, $"{made[0].File}: {made[0].Use.Text} cannot be pinned here: {why}");
            return;
        }

        digests[made[0]] = wanted.Pin.Digest;
    }

    private static List<Finding> Places(WorkloadUse workload, Report report, bool anyNamespace) =>
        [.. report.Findings.GroupBy(f => f.In!).SelectMany(file => Manifests.Making(file.Key.Source, file.Key.Found.Uses, workload, anyNamespace).Select(use => file.First(f => ReferenceEquals(f.Use, use))))];

    // what cannot be pinned is said where it would stand
    private List<ImageChange> Changes(IGrouping<ClusterObject, WorkloadUse> workload, StreamWriter? text)
    {
        if (workload.First().DeployedBy is { } deployer && !Force)
        {
            text?.WriteLine($"# {workload.Key.Shown}: {deployer.By} makes it, so that it is left alone (--force). Change {deployer.Change}");
            left++;
            return [];
        }

        List<ImageChange> changes = [];
        foreach (var use in workload)
        {
            var (made, why) = change(use);
            if (made is not null)
            {
                changes.Add(made);
                continue;
            }

            left += text is null ? 0 : 1;
            if (text is not null)
            {
                text.WriteLine($"# {workload.Key.Shown}{(use.Container is null ? "" : $", container {use.Container}")}: {PrintableText.Of(use.Use.Text)} is left: {why}");
            }

            if (use.IsNamed && Race.Of(use.Seen, null).Mixed)
            {
                Fail(workload.Key, $"is not pinned: {use.Use.Text}: {why}");
            }
            else if (text is null && use.IsNamed)
            {
                Fail(workload.Key, $"is not pinned: {use.Use.Text}: {why}");
            }
        }

        return changes;
    }

    private async Task PrintAsync(IReadOnlyList<ImageChange> changes, StreamWriter text)
    {
        if (Patches && ImageChange.Strategic(changes) is { } patch)
        {
            await text.WriteAsync($"---\n{patch}");
            return;
        }

        foreach (var line in ImageChange.Lines(changes, Kubectl))
        {
            await text.WriteLineAsync(Patches ? $"# no strategic-merge patch for this kind: {line}" : line);
        }
    }

    private void Fail(ClusterObject workload, string message) => Errors.Add(new(null, null, "pin", $"{workload.Shown} {message}"));
}
