using System.Globalization;
using Cleat.Findings;
using Cleat.Uses;
using static Cleat.Cli.Reports.Markup;

namespace Cleat.Cli.Reports;

/// <summary>How much is pinned, as bars: a table whose rows have the numbers in words and a picture of them.</summary>
internal static class HtmlCoverage
{
    /// <summary>More rows than this are told together.</summary>
    private const int MostRows = 40;

    private static readonly string[] States = ["pinned", "unpinned", "malformed", "dynamic", "ignored"];

    public static void Write(Report report, RepositoryPaths paths, TextWriter text)
    {
        List<Finding> references = [.. report.Findings.Where(f => f.Use.Verdict != Verdict.NotAnImage)];
        if (references.Count == 0)
        {
            return;
        }

        text.Write("<section aria-labelledby=\"coverage\">\n<h2 id=\"coverage\">Coverage</h2>\n<ul class=\"key\">");
        foreach (var state in States)
        {
            text.Write($"<li><svg viewBox=\"0 0 1 1\" aria-hidden=\"true\"><rect class=\"{state}\" width=\"1\" height=\"1\"/></svg>{state}</li>");
        }

        text.Write("</ul>\n");
        Table("By folder", "Folder", references.GroupBy(f => Folder(paths.Of(f.File))), text);
        Table("By format", "Format", references.GroupBy(f => f.Use.Format), text);
        text.Write("</section>\n");
    }

    // the first two folders of a path say enough
    private static string Folder(string path)
    {
        var parts = path.Split('/');
        return parts.Length == 1 ? "." : string.Join('/', parts.Take(Math.Min(2, parts.Length - 1)));
    }

    private static void Table(string caption, string head, IEnumerable<IGrouping<string, Finding>> groups, TextWriter text)
    {
        List<(string Name, int[] Counts)> rows = [.. groups.Select(g => (g.Key, Counts(g))).OrderByDescending(r => r.Item2.Sum() - r.Item2[0]).ThenByDescending(r => r.Item2.Sum()).ThenBy(r => r.Key, StringComparer.Ordinal)];
        if (rows.Count > MostRows)
        {
            var rest = rows[(MostRows - 1)..];
            rows = [.. rows.Take(MostRows - 1), (string.Create(CultureInfo.InvariantCulture, $"{rest.Count} others"), [.. States.Select((_, i) => rest.Sum(r => r.Counts[i]))])];
        }

        var widest = rows.Max(r => r.Counts.Sum());
        text.Write($"<table>\n<caption>{caption}</caption>\n<thead><tr><th scope=\"col\">{head}</th><th scope=\"col\">Picture</th><th scope=\"col\" class=\"num\">Pinned</th></tr></thead>\n<tbody>\n");
        foreach (var (name, counts) in rows)
        {
            text.Write($"<tr><th scope=\"row\">{Safe(name)}</th><td class=\"bar\">{Bar(counts, widest)}</td><td class=\"num\">{Share(counts)}</td></tr>\n");
        }

        text.Write("</tbody>\n</table>\n");
    }

    private static int[] Counts(IEnumerable<Finding> findings)
    {
        var counts = new int[States.Length];
        foreach (var finding in findings)
        {
            counts[State(finding)]++;
        }

        return counts;
    }

    private static int State(Finding finding) => finding switch
    {
        { Ignored: not null } => 4,
        { CoveredBy: not null } or { Use.Verdict: Verdict.Pinned } => 0,
        { Use.Verdict: Verdict.Unpinned } => 1,
        { Use.Verdict: Verdict.Malformed } => 2,
        _ => 3,
    };

    private static string Share(int[] counts) => string.Create(CultureInfo.InvariantCulture, $"{counts[0]} of {counts.Sum()}");

    private static string Bar(int[] counts, int widest)
    {
        var said = string.Join(", ", counts.Select((count, i) => (count, i)).Where(c => c.count > 0).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.count} {States[c.i]}")));
        var at = 0;
        var parts = "";
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
            {
                parts += string.Create(CultureInfo.InvariantCulture, $"<rect class=\"{States[i]}\" x=\"{at}\" width=\"{counts[i]}\" height=\"1\"/>");
                at += counts[i];
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"<svg role=\"img\" aria-label=\"{said}\" viewBox=\"0 0 {widest} 1\" preserveAspectRatio=\"none\"><title>{said}</title>{parts}</svg>");
    }
}
