using System.CommandLine;
using System.Globalization;
using Cleat.Cli.Options;
using Cleat.Cli.Reports;
using Cleat.Findings;
using Cleat.References;
using Cleat.Registries;
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
            var asked = Asked(parsed.GetValue(references) ?? [], platform, terminal, errors);
            using var source = sources.Open(parsed, CommonOptions.Config(parsed.GetValue(config), "."));
            var resolved = all
                ? await ManifestReads.RunAsync(source, [.. asked.Select(a => a.Reference)], config: false, cancellation)
                : await ResolveProgress.RunAsync(source, [.. asked.Select(k => (k.Reference, k.Platform))], terminal, quiet: false, cancellation);
            ResolveProgress.Tell(source, parsed.GetValue(verbose), terminal);
            errors.AddRange(asked.Where(k => resolved[k.Key] is not Resolution.Resolved).Select(k => new JobError(null, null, "resolve", $"{k.Text}: {resolved[k.Key].Describe()}")));
            if (parsed.GetValue(format) == "json")
            {
                ResolveJson.Write(asked, resolved, errors, terminal.Out);
            }
            else
            {
                using var text = terminal.Text();
                foreach (var one in asked)
                {
                    Write(one, resolved[one.Key], all, asked.Count > 1, text);
                }
            }

            foreach (var note in resolved.Values.OfType<Resolution.Resolved>().Select(r => r.Note).OfType<string>().Distinct())
            {
                await terminal.Error.WriteLineAsync($"note: {note}");
            }

            ReportWriter.WriteErrors(errors, terminal);
            return errors.Count > 0 ? ExitCode.Incomplete : ExitCode.Done;
        });
        return command;
    }

    // a wrong argument ends the run; a wrong line of a list is named, and the others are resolved all the same
    private static List<Asked> Asked(string[] given, string? platform, Terminal terminal, List<JobError> errors)
    {
        List<Asked> asked = [];
        foreach (var text in given.Where(g => g != "-"))
        {
            asked.Add(ImageReference.TryParse(text, out var reference, out var error)
                ? new Asked(text, reference, platform)
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
                    asked.Add(new(text, reference, platform));
                }
                else
                {
                    errors.Add(new(null, null, "parse", $"'{PrintableText.Of(text)}' is no image reference: {error.Message}"));
                }
            }
        }

        return asked;
    }

    private static void Write(Asked asked, Resolution answer, bool allPlatforms, bool several, StreamWriter text)
    {
        if (answer is not Resolution.Resolved found)
        {
            return;
        }

        if (!allPlatforms)
        {
            text.WriteLine(found.Digest.ToString());
            return;
        }

        if (several)
        {
            text.WriteLine($"{asked.Text} {found.Digest}");
        }

        var indent = several ? "  " : "";
        foreach (var child in found.Manifest?.Children ?? [new ImageChild(found.Digest, found.MediaType, found.Manifest?.Config?.Platform, 0)])
        {
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{indent}{child.Platform ?? "unknown",-16} {child.Digest} {(child.Size > 0 ? child.Size.ToString(CultureInfo.InvariantCulture) : "-")}"));
        }
    }
}

/// <summary>One reference that was asked for.</summary>
internal sealed record Asked(string Text, ImageReference Reference, string? Platform)
{
    public ResolutionKey Key => ResolutionKey.Of(Reference, Platform);
}
