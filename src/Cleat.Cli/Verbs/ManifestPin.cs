using Cleat.Cli.Options;
using Cleat.Cli.Reports;
using Cleat.Configuration;
using Cleat.Findings;
using Cleat.Formats;
using Cleat.Rewriting;
using Cleat.Running.Kubernetes;
using Cleat.Text;

namespace Cleat.Cli.Verbs;

/// <summary>Pins the manifests of a checkout that made what a cluster runs, the same way as <c>cleat pin</c> does.</summary>
internal static class ManifestPin
{
    public static int Run(ClusterLook look, PinTo to, string folder, CleatConfig config, Terminal terminal, CancellationToken cancellation)
    {
        CommonValues options = new()
        {
            Paths = [folder],
            Config = config,
            Formats = CommonOptions.Formats(config.Formats, []),
            Format = "text",
            Output = null,
            StdinName = "",
            UseIgnoreFiles = true,
            Include = [],
            Exclude = [],
            Jobs = Environment.ProcessorCount,
            Color = false,
            Quiet = false,
            Verbose = false,
        };
        Scan scan = new(options, terminal);
        var judged = scan.Judge(keepSources: true, cancellation);
        Dictionary<ManifestFile, JudgedFile> files = judged.ToDictionary(j => new ManifestFile(j.File.Path, j.File.FullPath!, j.File.Source, j.Findings), ReferenceEqualityComparer.Instance as IEqualityComparer<ManifestFile>);
        ManifestPins pins = new(look, [.. files.Keys], scan.Kustomizations, folder) { Style = config.Pin.Style ?? PinStyle.TagDigest, To = to };
        Rewrite rewrite = new(RewriteMode.Write, scan, terminal, cancellation);
        using (var text = terminal.Text())
        {
            foreach (var (file, changes) in pins.Plan())
            {
                foreach (var one in rewrite.Run(files[file].File, changes) ? changes : [])
                {
                    text.WriteLine($"{PrintableText.Of(file.Path)}:{file.Source.Position(one.Use.Span.Start).Line}: {PrintableText.Of(one.Use.Text)} is {PrintableText.Of(one.NewText)} now");
                }
            }

            foreach (var note in pins.Notes)
            {
                text.WriteLine(PrintableText.Of(note));
            }

            text.WriteLine(rewrite.Changed == 0 ? "Nothing pinned." : $"{Wording.Count(rewrite.Changed, "reference")} pinned in {Wording.Count(rewrite.FilesChanged, "file")}: commit, and apply them.");
        }

        List<JobError> errors = [.. look.Report.Errors, .. pins.Errors, .. scan.SortedErrors()];
        ReportWriter.WriteErrors(errors, terminal);
        return errors.Count > 0 ? ExitCode.Incomplete : ExitCode.Done;
    }
}
