using Cleat.Cli.Reports;
using Cleat.Findings;
using Cleat.Running;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Cli.Verbs;

/// <summary>Prints what pins everything that runs by a tag, as lines for a shell, and does it where that is asked for.</summary>
internal static class RunningPin
{
    /// <param name="apply">Pins one and says why it could not; null to print only.</param>
    public static async Task<int> RunAsync(Report report, Terminal terminal, Func<RunningUse, Task<string?>>? apply)
    {
        List<JobError> errors = [.. report.Errors];
        var (left, done) = (0, 0);
        using (var text = terminal.Text())
        {
            foreach (var use in report.Findings.Where(f => f.IsOpen).Select(f => f.Running!).Where(u => u.Use.Verdict == Verdict.Unpinned))
            {
                await text.WriteLineAsync($"# {PrintableText.Of(use.Workload.ToString())}: {PrintableText.Of(use.Use.Text)}");
                foreach (var line in use.Fix)
                {
                    await text.WriteLineAsync(PrintableText.Of(line));
                }

                await text.FlushAsync();
                if (use.Mixed && use.Pin is null)
                {
                    errors.Add(new(null, null, "pin", $"{use.Workload}: it runs as several images, so that which one to pin is for you to choose"));
                }

                if (apply is not null && use is { Pin: not null, CanApply: true })
                {
                    if (await apply(use) is { } problem)
                    {
                        errors.Add(new(null, null, "write", $"{use.Workload} was not changed: {problem}"));
                    }
                    else
                    {
                        await text.WriteLineAsync($"# done: {use.Workload} asks for {use.Pin.Text} now");
                        done++;
                        continue;
                    }
                }

                left++;
            }

            await text.WriteLineAsync((left, done) switch
            {
                (0, 0) => report.Errors.Count > 0 ? "# Nothing to pin in what could be seen." : "# Nothing to pin.",
                (_, 0) => $"# {Wording.Count(left, "workload")} to pin.",
                (0, _) => $"# {Wording.Count(done, "workload")} pinned.",
                _ => $"# {Wording.Count(done, "workload")} pinned, {Wording.Count(left, "workload")} left for you.",
            });
        }

        ReportWriter.WriteErrors(errors, terminal);
        return errors.Count > 0 ? ExitCode.Incomplete : left > 0 ? ExitCode.Findings : ExitCode.Done;
    }
}
