using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cleat.Findings;
using Cleat.Text;
using Cleat.Uses;
using static Cleat.Cli.Reports.Markup;

namespace Cleat.Cli.Reports;

/// <summary>
/// A page of its own that asks for nothing from elsewhere: what is pinned by folder and format, then each finding with its line and its fix. All of it reads
/// without scripts; the one script, which the page names by its hash so that no other runs, filters and searches.
/// </summary>
internal static class HtmlReport
{
    public static void Write(Report report, Stream output, string version)
    {
        using var text = Terminal.Text(output);
        var paths = report.Repository;
        var (css, script) = (Resource("report.css"), Resource("report.js"));
        text.Write($"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{Hash(css)}'; script-src '{Hash(script)}'; img-src data:; base-uri 'none'; form-action 'none'\">\n<link rel=\"icon\" href=\"data:,\">\n<title>Container images</title>\n<style>{css}</style>\n</head>\n<body>\n");
        text.Write("<a class=\"skip\" href=\"#findings\">To the findings</a>\n<header>\n<h1>Container images</h1>\n");
        text.Write($"<p>{Safe(Summary.Line(report))}</p>\n</header>\n<main>\n");
        Errors(report, paths, text);
        HtmlCoverage.Write(report, paths, text);
        Findings(report, paths, text);
        Ignored(report, paths, text);
        text.Write($"</main>\n<footer>cleat {Safe(version)} · <a href=\"{Docs.Pages}\">documentation</a></footer>\n<script>{script}</script>\n</body>\n</html>\n");
    }

    private static void Findings(Report report, RepositoryPaths paths, TextWriter text)
    {
        List<(string File, string Html, Rule Rule)> findings = [
            .. report.Findings.Where(f => f.IsOpen).Select(f => (paths.Of(f.File), Finding(f), f.Rule!)),
            .. report.Notices.Select(n => (paths.Of(n.File), Notice(n), n.Rule))];
        text.Write("<section aria-labelledby=\"findings\">\n<h2 id=\"findings\" tabindex=\"-1\">Findings</h2>\n");
        if (findings.Count == 0)
        {
            text.Write("<p>None.</p>\n</section>\n");
            return;
        }

        Filter([.. findings.Select(f => f.Rule)], text);
        text.Write(string.Create(CultureInfo.InvariantCulture, $"<p id=\"shown\" role=\"status\" class=\"dim\">{Wording.Count(findings.Count, "finding")}.</p>\n"));
        foreach (var file in findings.GroupBy(f => f.File, StringComparer.Ordinal))
        {
            text.Write($"<section class=\"file\"><h3><code>{Safe(file.Key)}</code></h3>\n");
            foreach (var (_, html, _) in file)
            {
                text.Write(html);
            }

            text.Write("</section>\n");
        }

        text.Write("</section>\n");
    }

    private static void Filter(List<Rule> rules, TextWriter text)
    {
        text.Write("<form class=\"filter\" role=\"search\" hidden>\n<label class=\"search\">Search in files, images and lines <input type=\"search\" name=\"search\" autocomplete=\"off\"></label>\n<label>Severity <select name=\"severity\"><option value=\"\">all</option>");
        foreach (var severity in rules.Select(r => r.Severity).Distinct().Order())
        {
            text.Write($"<option>{Wording.Word(severity)}</option>");
        }

        text.Write("</select></label>\n<label>Rule <select name=\"rule\"><option value=\"\">all</option>");
        foreach (var rule in rules.GroupBy(r => r.Name, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal))
        {
            text.Write(string.Create(CultureInfo.InvariantCulture, $"<option value=\"{Safe(rule.Key)}\">{Safe(rule.Key)} ({rule.Count()})</option>"));
        }

        text.Write("</select></label>\n</form>\n");
    }

    private static string Finding(Finding finding) => Article(
        finding.Rule!,
        Wording.Headline(finding),
        finding.Position,
        finding.LineText,
        finding.Range,
        Wording.Label(finding),
        Wording.Help(finding),
        $" · {finding.Use.Format}");

    private static string Notice(Notice notice) => Article(notice.Rule, null, notice.Position, notice.LineText, notice.Range, null, notice.Message, "");

    private static string Article(Rule rule, string? image, LinePosition at, string line, LineRange range, string? says, string help, string where)
    {
        var severity = Wording.Word(rule.Severity);
        var (before, marked, after) = Excerpt.Of(line, range);
        var number = at.Line.ToString(CultureInfo.InvariantCulture);
        StringBuilder html = new();
        html.Append(CultureInfo.InvariantCulture, $"<article class=\"finding\" data-severity=\"{severity}\" data-rule=\"{Safe(rule.Name)}\"><h4><span class=\"severity {severity}\">{severity}</span> <a href=\"{Safe(Docs.Rule(rule.Name))}\">{Safe(rule.Name)}</a>{(image is null ? "" : $" <code>{Safe(image)}</code>")}</h4>\n");
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"dim\">line {number}, column {at.Column}{Safe(where)}</p>\n");
        html.Append(CultureInfo.InvariantCulture, $"<pre><span class=\"no\">{number} | </span>{Safe(before)}<mark>{Safe(marked)}</mark>{Safe(after.TrimEnd())}</pre>\n");
        if (says is not null)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p>{Code(says)}</p>\n");
        }

        if (help.Length > 0)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p><b>Fix:</b> {Code(help)}</p>\n");
        }

        return html.Append("</article>\n").ToString();
    }

    // what stands between backquotes in a message is code
    private static string Code(string text)
    {
        var pieces = text.Split('`');
        return pieces.Length % 2 == 0 ? Safe(text) : string.Concat(pieces.Select((piece, i) => i % 2 == 0 ? Safe(piece) : $"<code>{Safe(piece)}</code>"));
    }

    private static void Ignored(Report report, RepositoryPaths paths, TextWriter text)
    {
        List<Finding> ignored = [.. report.Findings.Where(f => f.Ignored is not null)];
        if (ignored.Count == 0)
        {
            return;
        }

        text.Write($"<h2>Ignored</h2>\n<details><summary>{Wording.Count(ignored.Count, "reference")} that somebody chose to live with</summary>\n<ul>\n");
        foreach (var one in ignored)
        {
            text.Write(string.Create(CultureInfo.InvariantCulture, $"<li><code>{Safe(paths.Of(one.File))}:{one.Position.Line}</code> <code>{Safe(Wording.Named(one))}</code>: by {Wording.Word(one.Ignored!.By)}{(one.Ignored.Reason is { } reason ? $", {Safe(reason)}" : ", without a reason")}</li>\n"));
        }

        text.Write("</ul></details>\n");
    }

    private static void Errors(Report report, RepositoryPaths paths, TextWriter text)
    {
        if (report.Errors.Count == 0)
        {
            return;
        }

        text.Write("<section aria-labelledby=\"errors\"><h2 id=\"errors\">What could not be read or done</h2>\n<ul>\n");
        foreach (var error in report.Errors)
        {
            var place = error.File is not { } file ? "" : $"<code>{Safe(paths.Of(file))}{(error.Position is { } at ? string.Create(CultureInfo.InvariantCulture, $":{at.Line}") : "")}</code>: ";
            text.Write($"<li class=\"error\">{place}{Code(error.Message)}</li>\n");
        }

        text.Write("</ul></section>\n");
    }

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Resource(string name)
    {
        using StreamReader reader = new(typeof(HtmlReport).Assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
