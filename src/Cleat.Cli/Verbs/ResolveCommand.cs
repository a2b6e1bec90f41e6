using System.CommandLine;
using Cleat.Cli.Help;
using System.Globalization;
using Cleat.Cli.Options;
using Cleat.Cli.Reports;
using Cleat.Findings;
using Cleat.References;
using Cleat.Text;

namespace Cleat.Cli.Verbs;

/// <summary><c>cleat resolve</c>: print the digests that references mean now.</summary>
internal static class ResolveCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string[]> references = new("REF") { Description = "References such as nginx:1.27; '-' reads them from standard input, one a line.", Arity = ArgumentArity.OneOrMore };
        var format = CommonOptions.OneOf("--format", "The form of the output.", "text", "json");
        Option<bool> allPlatforms = new("--all-platforms") { Description = "Each platform of the image: platform, digest, size." };
        Option<string> config = new("--config") { Description = "The config, for what it says of registries. Default: .cleat.yaml in this folder or above it, up to the repository's root.", HelpName = "FILE" };
        Option<bool> verbose = new("--verbose", "-v") { Description = "Say how much was asked, and what the registries still give." };
        Option<bool> fullRef = new("--full-ref") { Description = "Print the whole reference with its digest, registry/repository@digest." };
        Command command = new("resolve", "Print the digest that a reference means now, one line for each in their order; '-' for one that cannot be resolved.") { references, format, allPlatforms, fullRef, config, verbose };
        SourceOptions sources = new(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var all = parsed.GetValue(allPlatforms);
            var platform = sources.Platform(parsed);
            if (all && platform is not null)
            {
                throw new UsageException("--all-platforms and --platform exclude each other");
            }

            var asked = Asked(parsed.GetValue(references) ?? [], terminal);
            using var registry = sources.Open(parsed, CommonOptions.Config(parsed.GetValue(config), "."));
            var resolved = await ResolveProgress.WatchAsync(registry, terminal, quiet: false, progress =>
                registry.ResolveAsync([.. asked.Select(a => a.Reference).OfType<ImageReference>()], platform, images: all, progress, cancellation));
            ResolveProgress.Tell(registry, parsed.GetValue(verbose), terminal);
            var next = 0;
            List<ResolvedText> answers = [.. asked.Select(a => new ResolvedText(a.Text, a.Reference is null ? null : resolved[next++], a.Problem))];
            List<JobError> errors = [.. answers.Select(a => a.Error).OfType<JobError>()];
            if (parsed.GetValue(format) == "json")
            {
                ResolveJson.Write([.. answers.Where(a => a.Tag is not null)], errors, terminal.Out);
            }
            else
            {
                using var text = terminal.Text();
                foreach (var one in answers)
                {
                    Write(one, all, asked.Count > 1, parsed.GetValue(fullRef), text);
                }
            }

            foreach (var note in resolved.Select(r => r.Note).OfType<string>().Distinct())
            {
                terminal.Say($"note: {note}");
            }

            ReportWriter.WriteErrors(errors, terminal);
            return errors.Count > 0 ? ExitCode.Incomplete : ExitCode.Done;
        });
        return command.WithExamples(terminal, """
            Examples:
              cleat resolve nginx:1.27
              cleat resolve --platform linux/arm64 ghcr.io/owner/app:v2
              cleat resolve --full-ref nginx:1.27  docker.io/library/nginx@sha256:…
              cleat resolve --format json nginx alpine:3.20
              cleat resolve --all-platforms nginx:1.27
              cleat resolve - < references.txt
            """);
    }

    // a wrong argument ends the run; a wrong line of a list is named, and the others are resolved all the same
    private static List<(string Text, ImageReference? Reference, string? Problem)> Asked(string[] given, Terminal terminal)
    {
        List<(string, ImageReference?, string?)> asked = [];
        foreach (var text in given)
        {
            if (text == "-")
            {
                asked.AddRange(Lines(terminal));
                continue;
            }

            asked.Add(ImageReference.TryParse(text, out var reference, out var error)
                ? (text, reference, null)
                : throw new UsageException($"'{text}' is no image reference: {error.Message}"));
        }

        return asked;
    }

    private static IEnumerable<(string, ImageReference?, string?)> Lines(Terminal terminal)
    {
        using StreamReader lines = new(terminal.In, Terminal.Utf8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        while (lines.ReadLine() is { } line)
        {
            var text = line.Trim();
            if (text.Length > 0 && text[0] != '#')
            {
                yield return ImageReference.TryParse(text, out var reference, out var error) ? (text, reference, null) : (text, null, error.Message);
            }
        }
    }

    private static void Write(ResolvedText answer, bool allPlatforms, bool several, bool fullRef, TextWriter text)
    {
        // a line for each, so that the output can be laid beside the input
        if (answer.Tag is not { Digest: { } digest } tag)
        {
            text.WriteLine(allPlatforms && several ? $"{PrintableText.Of(answer.Text)} -" : "-");
            return;
        }

        var said = fullRef ? $"{tag.Reference.Registry}/{tag.Reference.Repository}@{digest}" : digest.ToString();
        if (!allPlatforms)
        {
            text.WriteLine(said);
            return;
        }

        if (several)
        {
            text.WriteLine($"{answer.Text} {said}");
        }

        var indent = several ? "  " : "";
        foreach (var image in tag.Images!)
        {
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{indent}{image.Platform ?? "unknown",-16} {image.Digest} {(image.Size > 0 ? image.Size.ToString(CultureInfo.InvariantCulture) : "-")}"));
        }
    }
}

/// <summary>An answer, and the reference as it was written.</summary>
/// <param name="Tag">Null for what is no reference.</param>
/// <param name="Problem">Why it is none.</param>
internal sealed record ResolvedText(string Text, ResolvedTag? Tag, string? Problem)
{
    /// <summary>What went wrong; null when nothing did.</summary>
    public JobError? Error => Problem is not null ? new(null, null, "parse", $"'{PrintableText.Of(Text)}' is no image reference: {Problem}")
        : Tag?.Problem is { } cause ? new JobError(null, null, "resolve", $"{Text}: {cause}") { Image = Text, Cause = cause }
        : null;
}
