using System.Globalization;
using Cleat.Cli.Options;
using Cleat.Cli.Reports;
using Cleat.Findings;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Cli.Verbs;

/// <summary>What <c>cleat</c> alone says in a repository: what is there to check, and what to type next. Offline; changes nothing.</summary>
internal static class Overview
{
    public static void Write(TextWriter output, CancellationToken cancellation)
    {
        var report = ImageTree.Open(["."], new() { Config = CommonOptions.Config(null, "."), ReadOnly = true }).Judge(cancellation);
        output.Write($"cleat {CleatCommand.Version}: every container image selected by its digest\n\n");
        output.Write($"{(report.Findings.Count == 0 ? "No file here names an image" : $"Images are named in {Files(report)}")}.\n{Summary.Line(report)}\n\nNext:\n");
        if (report.Findings.Count > 0)
        {
            output.Write("  cleat check          each finding with its line, and what to do\n  cleat pin --diff     what pinning would change; writes nothing\n");
        }

        output.Write("  cleat init           a config for this repository\n  cleat formats        which files are read\n  cleat --help         all commands\n");
    }

    /// <summary>How many files of each format name images, the most first.</summary>
    public static string Files(Report report)
    {
        var formats = report.Findings.GroupBy(f => f.Use.Format).Select(g => (Name: g.Key, Files: g.Select(f => f.File).Distinct().Count())).OrderByDescending(f => f.Files).ThenBy(f => f.Name, StringComparer.Ordinal);
        var files = report.Findings.Select(f => f.File).Distinct().Count();
        return $"{Wording.Count(files, "file")}: {string.Join(", ", formats.Select(f => string.Create(CultureInfo.InvariantCulture, $"{PrintableText.Of(f.Name)} {f.Files}")))}";
    }
}
