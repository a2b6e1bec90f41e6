using Cleat.Findings;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Cli.Reports;

/// <summary>What <c>cleat list</c> prints: one line a reference, in columns that never wrap, so that it can be cut and grepped.</summary>
internal static class ListText
{
    /// <param name="verbose">Also the places that name no image: stages, <c>scratch</c>, what is built here.</param>
    public static void Write(Report report, TextWriter output, bool verbose = false, bool color = false)
    {
        Paint paint = new(color);
        var rows = report.Findings.Where(f => verbose || f.Use.Verdict != Verdict.NotAnImage).ToList();
        var places = rows.ConvertAll(TextReport.Location);
        var texts = rows.ConvertAll(f => PrintableText.Of(f.FullReference ?? f.Use.Text));
        var reasons = rows.ConvertAll(f => Reason(f) is { } reason ? PrintableText.Of(reason) : "");
        var placeWidth = Widest(places);
        var verdictWidth = Widest(rows.Select(f => Word(f.Use.Verdict)));
        var textWidth = Widest(texts.Where((_, i) => reasons[i].Length > 0));

        for (var i = 0; i < rows.Count; i++)
        {
            var verdict = rows[i].Use.Verdict;
            var word = paint.Verdict(verdict, Word(verdict)) + Padding(Word(verdict), verdictWidth);
            var text = reasons[i].Length > 0 ? $"{texts[i]}{Padding(texts[i], textWidth)}  {reasons[i]}" : texts[i];
            output.Write($"{places[i]}{Padding(places[i], placeWidth)}  {word}  {text}\n");
        }
    }

    private static string? Reason(Finding finding) => finding switch
    {
        { Ignored: { } ignored } => $"ignored by {Wording.Word(ignored.By)}{(ignored.Reason is { } reason ? $": {reason}" : "")}",
        { CoveredBy: { } by } => $"decided by {by}",
        _ => finding.Says ?? finding.Use.Problem,
    };

    private static string Word(Verdict verdict) => verdict == Verdict.NotAnImage ? "not an image" : Wording.Word(verdict);

    private static int Widest(IEnumerable<string> texts) => texts.Select(PrintableText.Width).DefaultIfEmpty().Max();

    private static string Padding(string text, int width) => new(' ', width - PrintableText.Width(text));
}
