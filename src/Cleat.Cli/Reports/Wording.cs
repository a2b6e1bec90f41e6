using System.Globalization;
using Cleat.Findings;
using Cleat.References;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Cli.Reports;

/// <summary>What is said about a finding, the same words in every format.</summary>
internal static class Wording
{
    private const int LongestQuote = 160;

    /// <summary>The verdict as the JSON contract spells it.</summary>
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Pinned => "pinned",
        Verdict.Unpinned => "unpinned",
        Verdict.Malformed => "malformed",
        Verdict.Dynamic => "dynamic",
        _ => "not-an-image",
    };

    /// <summary>The severity in words that text and SARIF share.</summary>
    public static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };

    /// <summary>Where an ignore stands, as the JSON contract spells it.</summary>
    public static string Word(IgnoredBy by) => by switch
    {
        IgnoredBy.Comment => "comment",
        IgnoredBy.Annotation => "annotation",
        IgnoredBy.Config => "config",
        _ => "baseline",
    };

    /// <summary>What is wrong with this reference, short enough to stand behind its underline; null when its rule says all.</summary>
    public static string? Label(Finding finding) => finding switch
    {
        { Rule: null } => null,
        { Rule.Name: "mixed-digests", Running.Running.Count: < 2 } => "the same reference also runs as another image",
        { Rule.Name: "mixed-digests", Running: { } running } => string.Create(CultureInfo.InvariantCulture, $"this one reference runs as {running.Running.Count} images"),
        { Says: { } says } => says,
        { Use.Verdict: Verdict.Malformed or Verdict.Dynamic, Use.Problem: { } problem } => problem,
        { Use.Problem: { } seen, Rule.IsOnline: true } => seen,
        _ when finding.Rule.Name != Rule.UnpinnedImage.Name => finding.Rule.Summary,
        { Use.Reference.Tag: { } tag } => $"selected by the tag {tag}, not by a digest",
        { Use.Reference: not null } => "no tag and no digest: this means whatever `latest` is",
        _ => null,
    };

    /// <summary>One sentence on its own that names the reference; null when there is nothing to say.</summary>
    public static string? Message(Finding finding) => finding.Rule is null
        ? null
        : Label(finding) is { } label && label != finding.Rule.Summary ? $"{NamedFor(finding)}: {label}." : $"{NamedFor(finding)}: {Lower(finding.Rule.Summary)}";

    /// <summary>The image as it will run, in full; as it is written where that is not known.</summary>
    public static string Named(Finding finding) => finding.FullReference ?? finding.Use.Image;

    /// <summary>The image in full, and for which platform where the place wants one.</summary>
    public static string NamedFor(Finding finding) => Quote(Named(finding)) + (finding.Use.Platform is { } one && !one.Contains('$', StringComparison.Ordinal) ? $" ({one})" : "");

    /// <summary>The image in full, for which platform, and through what where the literal is only a part of it.</summary>
    public static string Headline(Finding finding)
    {
        var use = finding.Use;
        var through = use.Reference is { Original: var whole } && use.Text.Length > 0 && use.Text != whole && whole.Contains(use.Text, StringComparison.Ordinal) ? $", through {use.Path}" : "";
        return NamedFor(finding) + through;
    }

    /// <summary>What to do next.</summary>
    public static string Help(Finding finding) => finding switch
    {
        { Running: { Fix: { Count: > 0 } fix } } => fix.Any(IsCommand) ? $"run {string.Join(" and ", fix.Where(IsCommand).Select(f => $"`{f}`"))}" : string.Join(' ', fix.Select(f => f.TrimStart('#', ' '))),
        { Running: not null } => finding.Rule?.Fix ?? "",
        { Use: { NoPin: { } why, Verdict: Verdict.Unpinned } } => why,
        { Rule.Name: "unpinned-image" or "kustomize-unpins", Pin: null, IsInFile: false } => "run `cleat pin` on the file that this text comes from: it asks the registry which digest this is and writes it there",
        { Pin: { Field: { } field } pin } => $"add `{field}` here, so that it is {pin.Text}",
        { Pin: { } pin } => $"write {pin.Text}",
        { Rule.Name: "unpinned-image" } => Pin(Argument(finding.File)),
        { Use.Verdict: Verdict.Malformed } when !finding.Use.Text.Contains('@', StringComparison.Ordinal) => "write it as a program could pull it, registry/repository:tag; then run `cleat pin`",
        _ => finding.Rule?.Fix ?? "",
    };

    /// <summary>How the same finding in several files is mended.</summary>
    /// <param name="files">As arguments for a shell; null for all.</param>
    public static string Pin(string? files) => $"run `cleat pin{(files is null ? "" : " " + files)}`: it asks the registry which digest this is and writes it here";

    /// <summary>A file as an argument for a shell, never an option.</summary>
    public static string Argument(string file) => ShellWord.Of(file.StartsWith('-') ? $"./{file}" : file);

    /// <summary>The digest of the reference, also where a variable keeps the rest of it from being known.</summary>
    public static Digest? DigestOf(ImageUse use) => use switch
    {
        { Reference: { } reference } => reference.Digest,
        { Verdict: Verdict.Pinned } when Digest.TryParse(use.Text.AsSpan(use.Text.LastIndexOf('@') + 1), out var digest, out _) => digest,
        _ => null,
    };

    /// <summary>A number and its noun, with the plural where it belongs.</summary>
    public static string Count(int number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");

    private static bool IsCommand(string fix) => !fix.StartsWith('#');

    private static string Lower(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];

    private static string Quote(string text) => text.Length <= LongestQuote ? text : text[..LongestQuote] + "…";
}
