using System.CommandLine;
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
        Command command = new("resolve", "Print the digest that a reference means now, one line for each.") { references, format, allPlatforms, config, verbose };
        SourceOptions sources = new(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var all = parsed.GetValue(allPlatforms);
            var platform = sources.Platform(parsed);
            if (all && platform is not null)
            {
                throw new UsageException("--all-platforms and --platform exclude each other");
            }

            List<JobError> errors = [];
            var asked = Asked(parsed.GetValue(references) ?? [], terminal, errors);
            using var registry = sources.Open(parsed, CommonOptions.Config(parsed.GetValue(config), "."));
            var resolved = await ResolveProgress.WatchAsync(registry, terminal, quiet: false, progress =>
                registry.ResolveAsync([.. asked.Select(a => a.Reference)], platform, images: all, progress, cancellation));
            ResolveProgress.Tell(registry, parsed.GetValue(verbose), terminal);
            List<ResolvedText> answers = [.. asked.Zip(resolved, (a, r) => new ResolvedText(a.Text, r))];
            errors.AddRange(answers.Where(a => a.Tag.Problem is not null).Select(a => new JobError(null, null, "resolve", $"{a.Text}: {a.Tag.Problem}")));
            if (parsed.GetValue(format) == "json")
            {
                ResolveJson.Write(answers, errors, terminal.Out);
            }
            else
            {
                using var text = terminal.Text();
                foreach (var one in answers.Where(a => a.Tag.Digest is not null))
                {
                    Write(one, all, asked.Count > 1, text);
                }
            }

            foreach (var note in resolved.Select(r => r.Note).OfType<string>().Distinct())
            {
                terminal.Say($"note: {note}");
            }

            ReportWriter.WriteErrors(errors, terminal);
            return errors.Count > 0 ? ExitCode.Incomplete : ExitCode.Done;
        });
        return command.WithExamples("""
            Examples:
              cleat resolve nginx:1.27
              cleat resolve --platform linux/arm64 ghcr.io/owner/app:v2
              cleat resolve --format json nginx alpine:3.20
              cleat resolve --all-platforms nginx:1.27
              cleat resolve - < references.txt
            """);
    }

    // a wrong argument ends the run; a wrong line of a list is named, and the others are resolved all the same
    private static List<(string Text, ImageReference Reference)> Asked(string[] given, Terminal terminal, List<JobError> errors)
    {
        List<(string, ImageReference)> asked = [];
        foreach (var text in given.Where(g => g != "-"))
        {
            asked.Add(ImageReference.TryParse(text, out var reference, out var error)
                ? (text, reference)
                : throw new UsageException($"'{text}' is no image reference: {error.Message}"));
        }

        if (given.Contains("-"))
        {
            using StreamReader lines = new(terminal.In, Terminal.Utf8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
            while (lines.ReadLine() is { } line)
            {
                var text = line.Trim();
                if (text.Length == 0 || text[0] == '#')
                {
                    continue;
                }

                if (ImageReference.TryParse(text, out var reference, out var error))
                {
                    asked.Add((text, reference));
                }
                else
                {
                    errors.Add(new(null, null, "parse", $"'{PrintableText.Of(text)}' is no image reference: {error.Message}"));
                }
            }
        }

        return asked;
    }

    private static void Write(ResolvedText answer, bool allPlatforms, bool several, TextWriter text)
    {
        var tag = answer.Tag;
        if (!allPlatforms)
        {
            text.WriteLine(tag.Digest.ToString());
            return;
        }

        if (several)
        {
            text.WriteLine($"{answer.Text} {tag.Digest}");
        }

        var indent = several ? "  " : "";
        foreach (var image in tag.Images!)
        {
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{indent}{image.Platform ?? "unknown",-16} {image.Digest} {(image.Size > 0 ? image.Size.ToString(CultureInfo.InvariantCulture) : "-")}"));
        }
    }
}

/// <summary>An answer, and the reference as it was written.</summary>
internal sealed record ResolvedText(string Text, ResolvedTag Tag);
