using Cleat.Cli.Reports;
using Cleat.Text;

namespace Cleat.Cli.Verbs;

/// <summary>Pins the manifests of a checkout that made what a cluster runs, and says what was done.</summary>
internal static class ManifestPin
{
    /// <returns>The exit code.</returns>
    public static int Write(PinPlan plan, Terminal terminal, CancellationToken cancellation)
    {
        var done = plan.Write(cancellation);
        using (var text = terminal.Text())
        {
            foreach (var one in done.Changes.SelectMany(c => c.Findings))
            {
                text.WriteLine($"{PrintableText.Of(one.File)}:{one.Position.Line}: {PrintableText.Of(one.Use.Text)} is {PrintableText.Of(one.Pin!.Text)} now");
            }

            foreach (var note in done.Notes)
            {
                text.WriteLine(PrintableText.Of(note));
            }

            text.WriteLine(done.References == 0 ? "Nothing pinned." : $"{Wording.Count(done.References, "reference")} pinned in {Wording.Count(done.Changes.Count, "file")}: commit, and apply them.");
        }

        ReportWriter.WriteErrors(done.Report.Errors, terminal);
        return done.Report.Errors.Count > 0 ? ExitCode.Incomplete : ExitCode.Done;
    }
}
