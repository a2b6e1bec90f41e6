using System.CommandLine;
using Cleat.Admission;
using Cleat.Cli.Help;
using Cleat.Cli.Options;

namespace Cleat.Cli.Verbs;

/// <summary><c>cleat policy</c>: print a policy for a cluster.</summary>
internal static class PolicyCommand
{
    public static Command Create(Terminal terminal)
    {
        Command command = new("policy", "Print a policy that has a cluster refuse images without a digest, as manifests.");
        var form = CommonOptions.OneOf("--form", "Whose policy.", "kubernetes", "kyverno", "gatekeeper");
        var action = CommonOptions.OneOf("--action", "What is done about what it finds.", "warn", "audit", "deny");
        Option<string> name = new("--name") { Description = "What it is called. Default: cleat-pinned-images.", HelpName = "NAME" };
        Option<string[]> kinds = new("--kinds") { Description = "What it looks at: pods, deployments, statefulsets, … Default: pods. Where a webhook pins pods, leave it at that.", HelpName = "KIND,…" };
        Option<string[]> exempt = new("--exempt") { Description = "An image that needs no digest: registry/repository, registry/path/* for all below, CONTAINER=IMAGE for one container.", HelpName = "IMAGE" };
        Option<string[]> namespaces = new("--exempt-namespace") { Description = "A namespace that is left alone. Default: kube-system, cleat-system.", HelpName = "NAME" };
        Option<string> optOut = new("--opt-out") { Description = "A namespace with this label is left alone; 'none' for none. Default: cleat.dev/policy=ignore.", HelpName = "KEY=VALUE" };
        Option<bool> mutate = new("--mutate") { Description = "A policy that pins pods from a lock, without a webhook (Kubernetes 1.36 and later)." };
        Option<string> lockFile = new("--lock") { Description = "With --mutate: the lock.", HelpName = "FILE" };
        foreach (Option option in (Option[])[form, action, name, kinds, exempt, namespaces, optOut, mutate, lockFile])
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            PolicyOptions options = new()
            {
                Form = parsed.GetValue(form) switch { "kyverno" => PolicyForm.Kyverno, "gatekeeper" => PolicyForm.Gatekeeper, _ => PolicyForm.Kubernetes },
                Action = parsed.GetValue(action) switch { "audit" => PolicyAction.Audit, "deny" => PolicyAction.Deny, _ => PolicyAction.Warn },
                Exemptions = [.. Words(parsed.GetValue(exempt)).Select(Exemption)],
            };
            options = options with
            {
                Name = Name("--name", parsed.GetValue(name) ?? options.Name),
                Resources = Words(parsed.GetValue(kinds)) is { Count: > 0 } chosen ? [.. chosen.Distinct()] : options.Resources,
                ExemptNamespaces = Words(parsed.GetValue(namespaces)) is { Count: > 0 } left ? [.. left.Select(n => Name("--exempt-namespace", n))] : options.ExemptNamespaces,
                OptOutLabel = parsed.GetValue(optOut) switch { null => options.OptOutLabel, "none" => null, var label => Label(label) },
            };
            if (parsed.GetValue(lockFile) is not null && !parsed.GetValue(mutate))
            {
                throw new UsageException("--lock stands with --mutate");
            }

            using var output = terminal.Text();
            output.Write(parsed.GetValue(mutate) ? AdmissionPolicy.WriteMutating(options, parsed.GetValue(lockFile)) : AdmissionPolicy.Write(options));
            return ExitCode.Done;
        });
        return command.WithExamples(terminal, """
            Examples:
              cleat policy | kubectl apply -f -                 warn: nothing is refused yet
              cleat policy --action deny --exempt 'registry.example.com/base/*' > policy.yaml
              cleat policy --form kyverno
              cleat policy --mutate --lock cleat.lock           pins pods from the lock, Kubernetes 1.36 and later

            Exit codes: 0 done, 2 wrong command line.
            """);
    }

    private static List<string> Words(string[]? given) => [.. (given ?? []).SelectMany(g => g.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    private static ImageExemption Exemption(string text) =>
        ImageExemption.TryParse(text, out var exemption, out var problem) ? exemption : throw new UsageException($"--exempt: {problem}");

    // RFC 1123, as the API server wants names
    private static string Name(string option, string text) =>
        text.Length is > 0 and <= 63 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.') && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1])
            ? text
            : throw new UsageException($"{option} '{text}' is no name: lower-case letters, digits, '-' and '.'");

    private static string Label(string text) =>
        text.Split('=') is [{ Length: > 0 } key, { Length: > 0 } value] && (key + value).All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '/')
            ? text
            : throw new UsageException($"--opt-out '{text}' must read key=value");
}
