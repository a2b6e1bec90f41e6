using System.Globalization;
using Cleat.Findings;
using Cleat.Running;
using Cleat.Text;

namespace Cleat.Cli.Reports;

/// <summary>A finding of what runs, for people: the object, what was asked for, a small table of what it got, and what to do next.</summary>
internal static class RunningText
{
    private const int ShownNodes = 4;

    /// <summary>Characters of a digest that tell it from all others at a glance.</summary>
    public const int ShownDigest = 19;

    public static void Write(Finding finding, RunningUse use, TextWriter output, Paint paint)
    {
        var rule = finding.Rule!;
        output.Write($"{paint.Strong(PrintableText.Of(use.Workload.ToString()))}  {paint.Severity(rule.Severity, Wording.Word(rule.Severity))}  {rule.Name}\n");
        var label = Wording.Label(finding) is { } says ? $"  {paint.Severity(rule.Severity, PrintableText.Of(says))}" : "";
        output.Write($"  {PrintableText.Of(use.Use.Text)}{label}\n");
        foreach (var row in Rows(use))
        {
            output.Write($"  {paint.Margin("|")} {PrintableText.Of(row)}\n");
        }

        foreach (var note in use.Notes)
        {
            output.Write($"  {paint.Margin("=")} note: {PrintableText.Of(note)}\n");
        }

        IReadOnlyList<string> help = use.Fix.Count > 0 ? use.Fix : [Wording.Help(finding)];
        output.Write($"  {paint.Margin("=")} {paint.Strong("help")}: {PrintableText.Of(help[0])}\n");
        foreach (var line in help.Skip(1))
        {
            output.Write($"          {PrintableText.Of(line)}\n");
        }

        output.Write("\n");
    }

    /// <summary>Everything that runs, a line for each image that it runs: workload, verdict, digest, how often, where, what was asked for.</summary>
    public static void Table(Report report, TextWriter output, Paint paint)
    {
        var rows = report.Findings.SelectMany(f => Rows(f.Running!).DefaultIfEmpty("nothing now"), (f, row) => (Finding: f, Row: PrintableText.Of(row))).ToList();
        var workload = rows.Select(r => PrintableText.Width(PrintableText.Of(r.Finding.Running!.Workload.ToString()))).DefaultIfEmpty().Max();
        var verdict = rows.Select(r => Word(r.Finding).Length).DefaultIfEmpty().Max();
        var runs = rows.Select(r => PrintableText.Width(r.Row)).DefaultIfEmpty().Max();
        foreach (var (finding, row) in rows)
        {
            var name = PrintableText.Of(finding.Running!.Workload.ToString());
            output.Write($"{name}{new string(' ', workload - PrintableText.Width(name))}  {paint.Verdict(finding.Use.Verdict, Word(finding))}{new string(' ', verdict - Word(finding).Length)}  {row}{new string(' ', runs - PrintableText.Width(row))}  {PrintableText.Of(finding.Use.Text)}\n");
        }

        output.Write(rows.Count > 0 ? "\n" : "");
    }

    private static string Word(Finding finding) => finding.Running!.Mixed ? "several" : Wording.Word(finding.Use.Verdict);

    /// <summary>What an image that runs is called in a table: the start of its digest, or why that is not known.</summary>
    public static string Name(RunningDigest one) => one.Digest is { } digest ? digest.ToString()[..ShownDigest] + "…" : one.Why ?? "unknown";

    /// <summary>A line for each image that runs: digest, how often, where.</summary>
    public static IEnumerable<string> Rows(RunningUse use)
    {
        var name = use.Running.Select(r => Name(r).Length).DefaultIfEmpty().Max();
        var count = use.Running.Select(r => Count(r).Length).DefaultIfEmpty().Max();
        return use.Running.Select(r => $"{Name(r).PadRight(name)}  {Count(r).PadLeft(count)}  {Nodes(r)}{(r.Platform is { } p ? $"  {p}" : "")}".TrimEnd());
    }

    private static string Count(RunningDigest one) => string.Create(CultureInfo.InvariantCulture, $"x{one.Count}");

    private static string Nodes(RunningDigest one) =>
        string.Join(", ", one.Nodes.Take(ShownNodes)) + (one.Nodes.Count > ShownNodes ? string.Create(CultureInfo.InvariantCulture, $" and {one.Nodes.Count - ShownNodes} more") : "");
}
