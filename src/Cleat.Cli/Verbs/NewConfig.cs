using System.Text;
using Cleat.Cli.Reports;
using Cleat.Findings;
using Cleat.References;
using Cleat.Uses;

namespace Cleat.Cli.Verbs;

/// <summary>The text of a config for what was found: the keys there are, with what they are for, and what is built here exempted.</summary>
internal static class NewConfig
{
    public static string Of(Report report)
    {
        StringBuilder text = new();
        text.Append($"""
            # The config of cleat. Every key may be left out: {Docs.Home}/blob/main/docs/config.md
            # Found here: {(report.Findings.Count == 0 ? "no file that names an image" : Overview.Files(report))}

            # error, warning, note or off for each rule; `cleat rules` lists them
            # rules: {"{"} dynamic-image: off {"}"}

            # files left out, in the syntax of .gitignore
            # exclude: ["vendor/**"]

            # references that no rule holds for, with the reason why

            """);
        var built = Built(report);
        if (built.Count == 0)
        {
            text.Append("# exempt:\n#   - { image: \"registry.example/base\", reason: \"built in this pipeline\" }\n");
        }
        else
        {
            text.Append("exempt:\n");
            foreach (var image in built)
            {
                text.Append($"  - {{ image: \"{image}\", reason: \"built in this repository\" }}\n");
            }
        }

        text.Append("""

            # how pins are written (tag-digest, digest, digest-comment), and how young an image may be that `cleat update` moves to
            # pin: { style: tag-digest, min-age: 3d }

            # formats of your own
            # formats:
            #   - { name: our-deploy, files: ["deploy/*.yml"], paths: ["app.image", "workers[].image"] }

            """);
        return text.ToString();
    }

    // an image that is built in one place here and named without a digest in another. A bare name is none of them: it would stand for an image of Docker Hub's
    private static List<string> Built(Report report)
    {
        var built = report.Findings.Where(f => f.Use is { Verdict: Verdict.NotAnImage, Problem: { } why } && (why.Contains("built", StringComparison.Ordinal) || why.Contains("pushed", StringComparison.Ordinal)))
            .Select(f => ImageReference.TryParse(f.Use.Text, out var image, out _) ? image : null).OfType<ImageReference>().Where(r => r.Name.Contains('/', StringComparison.Ordinal))
            .Select(r => (r.Registry, r.Repository)).ToHashSet();
        return [.. report.Findings.Where(f => f is { IsOpen: true, Use: { Verdict: Verdict.Unpinned, Reference: { } r } } && built.Contains((r.Registry, r.Repository)))
            .Select(f => f.Use.Reference!.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}
