using System.Globalization;
using Cleat.Uses;

namespace Cleat.Cli.Reports;

/// <summary>How many there were of what.</summary>
internal static class Summary
{
    /// <summary>References, without the places that name no image.</summary>
    public static int References(Report report) => report.Findings.Count - report.Count(Verdict.NotAnImage);

    public static int Ignored(Report report) => report.Findings.Count(f => f.Ignored is not null);

    /// <summary>The last line of a report: calm when there is nothing to say.</summary>
    public static string Line(Report report)
    {
        var references = References(report);
        var files = Wording.Count(report.FilesRead, report.IsRunning ? "workload" : "file");
        if (report.Errors.Count > 0)
        {
            return $"{Counts(report, files, references)}; not all could be read or done: {Wording.Count(report.Errors.Count, "error")}";
        }

        if (references == 0)
        {
            return report is { IsRunning: true, FilesRead: 0 } ? "Nothing runs here."
                : report.FilesRead == 0 ? "No files to read here." : $"No image references in {files}.";
        }

        var allPinned = report.Count(Verdict.Pinned) + report.Covered == references && report.Findings.All(f => f.Rule is null);
        var verified = report.Verified is > 0 and var confirmed && confirmed + report.Covered == references ? " and verified" : "";
        return (allPinned, references) switch
        {
            (true, 1) => $"The one image reference in {files} is pinned{verified}.",
            (true, _) => string.Create(CultureInfo.InvariantCulture, $"All {references} image references in {files} are pinned{verified}."),
            _ => Counts(report, files, references) + Mendable(report),
        };
    }

    private static string Mendable(Report report)
    {
        var open = report.Findings.Count(f => f.IsOpen);
        var mendable = report.IsRunning ? 0 : report.Findings.Count(f => f.IsMendable);
        return report.IsRunning || open == 0 ? ""
            : mendable == open ? "; `cleat pin` can mend all of it"
            : string.Create(CultureInfo.InvariantCulture, $"; `cleat pin` can mend {(mendable == 0 ? "none" : mendable)} of {Wording.Count(open, "finding")}");
    }

    private static string Counts(Report report, string files, int references)
    {
        Verdict[] shown = [Verdict.Pinned, Verdict.Unpinned, Verdict.Malformed, Verdict.Dynamic];
        var parts = shown.Where(v => report.Count(v) > 0)
            .Select(v => string.Create(CultureInfo.InvariantCulture, $"{report.Count(v)} {Wording.Word(v)}{(v == Verdict.Pinned && report.Verified is { } verified ? $" ({verified} verified)" : "")}"))
            .Concat(report.Covered > 0 ? [string.Create(CultureInfo.InvariantCulture, $"{report.Covered} decided by a kustomization")] : []);
        parts = report.Findings.Count(f => f.Running is { Mixed: true }) is var mixed and > 0
            ? parts.Append(string.Create(CultureInfo.InvariantCulture, $"{mixed} running as several images"))
            : parts;
        var ignored = Ignored(report) is var count and > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({count} ignored)") : "";
        return $"{files}, {Wording.Count(references, "reference")}{(references == 0 ? "" : ": ")}{string.Join(", ", parts)}{ignored}";
    }
}
