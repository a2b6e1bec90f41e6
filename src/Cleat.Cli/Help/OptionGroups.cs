namespace Cleat.Cli.Help;

/// <summary>THE table of what options are about: help and the manual show them under these headings, in this order.</summary>
internal static class OptionGroups
{
    public static IReadOnlyList<(string Heading, IReadOnlyList<string> Options)> All { get; } =
    [
        ("What is done", ["--diff", "--check", "--apply", "--style", "--to", "--source", "--force", "--all-platforms", "--full-ref", "--with-baseline", "--ci", "--summary"]),
        ("Which images", ["--only", "--skip", "--platform", "--platforms-in-use", "--min-age", "--undated"]),
        ("Which files", ["--include", "--exclude", "--since", "--enable", "--no-ignore", "--stdin-name", "--jobs"]),
        ("What runs", ["--context", "--namespace", "--all-namespaces", "--selector", "--kubeconfig", "--host", "--request-timeout", "--engine-timeout"]),
        ("Findings", ["--fail-on", "--exit-zero", "--baseline", "--write-baseline"]),
        ("Output", ["--format", "--output", "--color", "--quiet", "--verbose"]),
        ("Registries", ["--registry", "--from", "--trust-engine", "--verify", "--no-hash", "--plain-http", "--ca-file", "--timeout", "--cache-time", "--no-cache"]),
        ("Lock", ["--lock", "--offline"]),
        ("Signatures", ["--require-signature", "--cosign-key", "--certificate-identity", "--certificate-identity-regexp", "--certificate-oidc-issuer"]),
        ("General", ["--config", "--help", "--version"]),
    ];
}
