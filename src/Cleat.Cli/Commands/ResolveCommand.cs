using System.CommandLine;
using Cleat.Cli.Reporting;
using Cleat.Findings;
using Cleat.References;
using Cleat.Registries;

namespace Cleat.Cli.Commands;

/// <summary><c>cleat resolve</c>: print the digests that references mean now.</summary>
internal static class ResolveCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string[]> references = new("REF") { Description = "References such as nginx:1.27.", Arity = ArgumentArity.OneOrMore };
        var format = CommonOptions.OneOf("--format", "The form of the output.", "text", "json");
        Option<string> config = new("--config") { Description = "The config, for what it says of registries. Default: .cleat.yaml in this folder or above it, up to the repository's root.", HelpName = "FILE" };
        Command command = new("resolve", "Print the digest that a reference means now, one line for each.") { references, format, config };
        SourceOptions sources = new(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var platform = sources.Platform(parsed);
            List<Asked> keys = [];
            foreach (var text in parsed.GetValue(references) ?? [])
            {
                keys.Add(ImageReference.TryParse(text, out var reference, out var error)
                    ? new Asked(text, reference, platform)
                    : throw new UsageException($"'{text}' is no image reference: {error.Message}"));
            }

            using var source = sources.Open(parsed, CommonOptions.Config(parsed.GetValue(config), "."));
            var resolved = await ResolveProgress.RunAsync(source, [.. keys.Select(k => (k.Reference, k.Platform))], terminal, quiet: false, cancellation);
            List<JobError> errors = [.. keys.Where(k => resolved[k.Key] is not Resolution.Resolved)
                .Select(k => new JobError(null, null, "resolve", $"{k.Text}: {resolved[k.Key].Describe()}"))];
            if (parsed.GetValue(format) == "json")
            {
                Json(keys, resolved, errors, terminal.Out);
            }
            else
            {
                using var text = terminal.Text();
                foreach (var found in keys.Select(k => resolved[k.Key]).OfType<Resolution.Resolved>())
                {
                    await text.WriteLineAsync(found.Digest.ToString());
                }
            }

            foreach (var note in resolved.Values.OfType<Resolution.Resolved>().Select(r => r.Note).OfType<string>().Distinct())
            {
                await terminal.Error.WriteLineAsync($"note: {note}");
            }

            Reports.WriteErrors(errors, terminal);
            return errors.Count > 0 ? ExitCode.Incomplete : ExitCode.Done;
        });
        return command;
    }

    private static void Json(List<Asked> keys, IReadOnlyDictionary<ResolutionKey, Resolution> resolved, List<JobError> errors, Stream output)
    {
        using (var json = JsonOutput.Writer(output))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", 1);
            json.WriteStartArray("references");
            foreach (var key in keys)
            {
                var found = resolved[key.Key] as Resolution.Resolved;
                json.WriteStartObject();
                json.WriteString("text", key.Text);
                json.WriteString("registry", key.Reference.Registry);
                json.WriteString("repository", key.Reference.Repository);
                json.WriteString("tag", key.Reference.EffectiveTag);
                json.WriteString("platform", key.Platform);
                json.WriteString("digest", found?.Digest.ToString());
                json.WriteString("mediaType", found?.MediaType);
                json.WriteBoolean("verified", found?.Verified ?? false);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("errors");
            foreach (var error in errors)
            {
                json.WriteStartObject();
                json.WriteString("code", error.Code);
                json.WriteString("message", error.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private sealed record Asked(string Text, ImageReference Reference, string? Platform)
    {
        public ResolutionKey Key => ResolutionKey.Of(Reference, Platform);
    }
}
