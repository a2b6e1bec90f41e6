using System.CommandLine;
using Cleat.Cli.Help;
using Cleat.Cli.Options;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Cli.Verbs;

/// <summary><c>cleat explain</c>: why a rule exists, or how a reference is read.</summary>
internal static class ExplainCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> topic = new("RULE|REF") { Description = "A rule's name, or an image reference." };
        Option<string> config = new("--config") { Description = "The config, for what it says of registries. Default: .cleat.yaml in this folder or above it, up to the repository's root.", HelpName = "FILE" };
        Command command = new("explain", "Say why a rule exists and how to fix it, or how a reference is read, and who is asked for it.") { topic, config };
        command.SetAction(parsed =>
        {
            var asked = parsed.GetValue(topic) ?? "";
            using var text = terminal.Text();
            if (Rule.All.FirstOrDefault(r => r.Name == asked) is { } rule)
            {
                text.WriteLine($"{rule.Name} ({rule.Severity.ToString().ToLowerInvariant()})\n\n{rule.Summary}\n\nWhy: {rule.Why}\n\nFix: {rule.Fix}");
                return ExitCode.Done;
            }

            return Explain(asked, text, () => CommonOptions.Config(parsed.GetValue(config), "."), terminal);
        });
        return command.WithExamples(terminal, """
            Examples:
              cleat explain unpinned-image         why the rule exists and how to fix it
              cleat explain nginx:1.27             how a reference is read, part by part, and who would be asked
            """);
    }

    private static int Explain(string asked, TextWriter text, Func<CleatConfig> config, Terminal terminal)
    {
        var judged = Policy.Judge(asked);
        if (asked.AsSpan().IndexOfAny(':', '/', '@') < 0 && NearestWord.Of(asked, Rule.All.Select(r => r.Name)) is { } near)
        {
            text.WriteLine($"There is no rule '{PrintableText.Of(asked)}'. Was the rule {near} meant? cleat explain {near}\n\nRead as an image:\n");
        }

        text.WriteLine($"{PrintableText.Of(asked)}\n");
        if (judged.Reference is not { } reference)
        {
            text.WriteLine($"  verdict     {(judged.Verdict == Verdict.NotAnImage ? "not an image" : Reports.Wording.Word(judged.Verdict))}");
            text.WriteLine($"  because     {judged.Problem}");
            if (judged.Verdict == Verdict.Malformed)
            {
                text.WriteLine($"\nNo rule has that name either. Rules: {string.Join(", ", Rule.All.Select(r => r.Name))}");
            }

            return judged.Verdict == Verdict.Malformed ? ExitCode.Findings : ExitCode.Done;
        }

        text.WriteLine($"  registry    {reference.Registry}");
        text.WriteLine($"  repository  {reference.Repository}");
        text.WriteLine($"  tag         {reference.Tag ?? (reference.Digest is null ? "none, which means latest" : "none")}");
        text.WriteLine($"  digest      {reference.Digest?.ToString() ?? "none"}");
        text.WriteLine($"  in full     {reference.Canonical}");
        text.WriteLine($"  verdict     {judged.Verdict.ToString().ToLowerInvariant()}");
        ExplainRegistry.Write(reference, RegistrySettings.FromMachine(config()), text, terminal);
        text.WriteLine((reference.Digest, reference.Tag) switch
        {
            (null, _) => $"\nThe registry may give another image for {reference.WithoutDigest} tomorrow. Pin it: cleat resolve {reference.WithoutDigest}",
            (_, not null) => "\nThe digest selects the image; engines ignore the tag, which stays for people and for updates.",
            _ => "\nThe digest selects the image.",
        });
        return ExitCode.Done;
    }
}
