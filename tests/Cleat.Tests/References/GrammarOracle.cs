using System.Text.RegularExpressions;
using Cleat.References;

namespace Cleat.Tests.References;

/// <summary>
/// The grammar a second time, as regular expressions put together from its parts, and the normalisation step by step
/// (distribution/reference, regexp.go and normalize.go): slow and plain, to hold the hand-written parser against.
/// </summary>
internal static class GrammarOracle
{
    internal sealed record Parts(string Registry, string Repository, string? Tag, string? Digest);

    private const string Alphanumeric = "[a-z0-9]+";
    private const string Separator = "(?:[._]|__|-+)";
    private const string Component = $"{Alphanumeric}(?:{Separator}{Alphanumeric})*";
    private const string RemoteName = $"{Component}(?:/{Component})*";
    private const string Label = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
    private const string Ipv6 = @"\[[a-fA-F0-9:]+\]";
    private const string Domain = $@"(?:{Label}(?:\.{Label})*|{Ipv6})(?::[0-9]+)?";
    private const string Tag = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";
    private const string Digest = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";

    private static readonly Regex Reference = Whole($"(?:(?<domain>{Domain})/)?(?<path>{RemoteName})(?::(?<tag>{Tag}))?(?:@(?<digest>{Digest}))?");
    private static readonly Regex Registered = Whole("sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128}");
    private static readonly Regex Identifier = Whole("[a-f0-9]{64}");

    public static Parts? Read(string text)
    {
        if (Identifier.IsMatch(text))
        {
            return null;
        }

        var (domain, remainder) = Split(text);
        var match = Reference.Match($"{domain}/{remainder}");
        var digest = match.Groups["digest"];
        if (!match.Success || match.Groups["path"].Length > 255 || (digest.Success && !Registered.IsMatch(digest.Value)))
        {
            return null;
        }

        // a path without a domain: its first segment was to be one
        var path = match.Groups["path"].Value;
        return new Parts(
            domain,
            match.Groups["domain"].Success ? path : path[(domain.Length + 1)..],
            match.Groups["tag"].Success ? match.Groups["tag"].Value : null,
            digest.Success ? digest.Value : null);
    }

    private static (string Domain, string Remainder) Split(string text)
    {
        var parts = text.Split('/', 2);
        if (parts.Length == 1)
        {
            return ("docker.io", "library/" + text);
        }

        var domain = parts[0] switch
        {
            "localhost" => "localhost",
            "index.docker.io" => "docker.io",
            var d when d.Contains('.', StringComparison.Ordinal) || d.Contains(':', StringComparison.Ordinal) => d,
            var d when d.Any(char.IsAsciiLetterUpper) => d,
            _ => null,
        };
        var remainder = domain is null ? text : parts[1];
        domain ??= "docker.io";
        return (domain, domain == "docker.io" && !remainder.Contains('/', StringComparison.Ordinal) ? "library/" + remainder : remainder);
    }

    private static Regex Whole(string pattern) => new($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
}
