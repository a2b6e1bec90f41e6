using System.Buffers;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Findings;

/// <summary>How far the words in a comment reach.</summary>
internal enum SuppressionReach
{
    /// <summary>Its own line; a comment alone on its line holds for the next line that is no comment.</summary>
    Line,

    /// <summary>Its own line only.</summary>
    SameLine,

    /// <summary>The line below.</summary>
    NextLine,

    /// <summary>The document or the resource that it stands in; where there is none, the file.</summary>
    Resource,

    File,
}

/// <summary>The words of an ignore, wherever they stand.</summary>
/// <param name="Start">Where they begin in the text they were read from.</param>
internal sealed record SuppressionWord(int Start, SuppressionReach Reach, IReadOnlyList<string> Rules, string? Reason, bool Own)
{
    // what other tools say in this place, and people try
    private static readonly string[] NearWords = ["skip", "disable", "exclude", "exempt", "allow", "off", "nolint", "noqa", "suppress"];
    private static readonly string[] KnownWords = ["ignore", "ignore-file"];

    /// <summary>What is wrong with it, so that it silences nothing; null when nothing is.</summary>
    public string? Wrong { get; private init; }

    // the policy under the names of the tools that have it; what they find is what unpinned-image finds
    private static readonly string[] OtherNames = ["CKV_K8S_43", "BC_K8S_39"];
    private static readonly IReadOnlyList<string> Unpinned = [Rule.UnpinnedImage.Name];

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    // one of them stands in every file that holds an ignore
    private static readonly Sieve Words = new("cleat:"u8.ToArray(), "cleat.dev/"u8.ToArray(), ":skip="u8.ToArray(), "checkov.io/"u8.ToArray(), "kics-scan"u8.ToArray(), "zizmor:"u8.ToArray(), "ratchet:"u8.ToArray());

    /// <summary>False when no ignore stands in the text.</summary>
    public static bool MayStandIn(ReadOnlySpan<byte> text) => Words.In(text) != 0;

    /// <summary>Reads a comment, marker and all; null when it silences nothing.</summary>
    public static SuppressionWord? OfComment(string comment)
    {
        var text = comment.EndsWith("*/", StringComparison.Ordinal) ? comment[..^2] : comment.EndsWith("-->", StringComparison.Ordinal) ? comment[..^3] : comment;
        return OfCleat(text) ?? Checkov(text) ?? Others(text);
    }

    /// <summary>Reads an annotation of a Kubernetes object; null when it silences nothing.</summary>
    public static SuppressionWord? OfAnnotation(string key, string value)
    {
        if (key == "cleat.dev/ignore")
        {
            return new(0, SuppressionReach.Resource, [], Reasoned(value), Own: true);
        }

        const string Cleat = "cleat.dev/";
        if (key.StartsWith(Cleat, StringComparison.Ordinal) && (key.StartsWith("cleat.dev/ignore", StringComparison.Ordinal) || Slip(key.AsSpan(Cleat.Length)) is not null))
        {
            return new(0, SuppressionReach.Resource, [], null, Own: true) { Wrong = $"the annotation '{key}' silences nothing: it is cleat.dev/ignore, with the reason as its value" };
        }

        // checkov.io/skip1: CKV_K8S_43=why
        const string Skip = "checkov.io/skip";
        if (key.StartsWith(Skip, StringComparison.Ordinal) && key.AsSpan(Skip.Length).IndexOfAnyExceptInRange('0', '9') < 0)
        {
            var (id, reason) = Cut(value, '=');
            return OtherNames.Contains(id.Trim()) ? new(0, SuppressionReach.Resource, Unpinned, Reasoned(reason), Own: false) : null;
        }

        return null;
    }

    // `# cleat: ignore[rule, rule] reason`, first in its comment or behind a further marker: prose that quotes it is none
    private static SuppressionWord? OfCleat(string text)
    {
        for (var at = text.IndexOf("cleat:", StringComparison.Ordinal); at >= 0; at = text.IndexOf("cleat:", at + 1, StringComparison.Ordinal))
        {
            var rest = text.AsSpan(at + "cleat:".Length).TrimStart();
            var before = text.AsSpan(0, at).TrimEnd();
            if (before.Length > 0 && before[^1] is not ('#' or '/' or '*' or ';') && !before.EndsWith("<!--"))
            {
                continue;
            }

            if (!rest.StartsWith("ignore", StringComparison.Ordinal))
            {
                if (Slip(rest) is { } slip)
                {
                    return Mistaken(at, $"cleat: {slip}");
                }

                continue;
            }

            rest = rest["ignore".Length..];
            var whole = rest.StartsWith("-file", StringComparison.Ordinal);
            rest = whole ? rest["-file".Length..] : rest;
            if (rest.Length > 0 && rest[0] is not ('[' or ' ' or '\t' or ':'))
            {
                return Mistaken(at, $"cleat: {Word(text.AsSpan(at + "cleat:".Length).TrimStart())}");
            }

            IReadOnlyList<string> rules = [];
            if (rest.StartsWith("[") && rest.IndexOf(']') is var close and > 0)
            {
                rules = rest[1..close].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                rest = rest[(close + 1)..];
            }

            return new(at, whole ? SuppressionReach.File : SuppressionReach.Line, rules, Reasoned(rest), Own: true);
        }

        return null;
    }

    // a word that is none, and was probably meant to be one; null for prose
    private static string? Slip(ReadOnlySpan<char> rest) => Word(rest) is { Length: > 0 } word && (NearestWord.Of(word, KnownWords) ?? Array.Find(NearWords, w => word == w || word.StartsWith(w + "-", StringComparison.Ordinal))) is not null ? word : null;

    private static string Word(ReadOnlySpan<char> rest) => rest[..(rest.IndexOfAnyExcept(Letters) is var end and >= 0 ? end : rest.Length)].ToString();

    private static SuppressionWord Mistaken(int at, string said) =>
        new(at, SuppressionReach.Line, [], null, Own: true) { Wrong = $"'{said}' silences nothing: write `cleat: ignore[rule] reason`, or `cleat: ignore-file[rule] reason`" };

    // checkov.io, "Suppressing and Skipping Policies": `checkov:skip=<id>[,<id>]:<reason>`, for the resource it stands in
    private static SuppressionWord? Checkov(string text)
    {
        foreach (var word in (string[])["checkov:skip=", "bridgecrew:skip="])
        {
            var at = text.IndexOf(word, StringComparison.Ordinal);
            if (at >= 0)
            {
                var (ids, reason) = Cut(text[(at + word.Length)..], ':');
                if (ids.Split([',', ' ']).Any(OtherNames.Contains))
                {
                    return new(at, SuppressionReach.Resource, Unpinned, Reasoned(reason), Own: false);
                }
            }
        }

        return null;
    }

    private static SuppressionWord? Others(string text)
    {
        if (text.IndexOf("kics-scan ignore-line", StringComparison.Ordinal) is var kics and >= 0)
        {
            return new(kics, SuppressionReach.NextLine, [], null, Own: false);
        }

        if (text.IndexOf("ratchet:exclude", StringComparison.Ordinal) is var ratchet and >= 0)
        {
            return new(ratchet, SuppressionReach.SameLine, [], null, Own: false);
        }

        const string Zizmor = "zizmor: ignore[";
        var at = text.IndexOf(Zizmor, StringComparison.Ordinal);
        var close = at < 0 ? -1 : text.IndexOf(']', at);
        return close > 0 && text[(at + Zizmor.Length)..close].Split(',', StringSplitOptions.TrimEntries).Contains("unpinned-images")
            ? new(at, SuppressionReach.SameLine, Unpinned, Reasoned(text.AsSpan(close + 1)), Own: false)
            : null;
    }

    private static (string Before, string After) Cut(string text, char at) =>
        text.IndexOf(at, StringComparison.Ordinal) is var i and >= 0 ? (text[..i], text[(i + 1)..]) : (text, "");

    private static string? Reasoned(ReadOnlySpan<char> text) => text.Trim(" \t\r\n:-–—").ToString() is { Length: > 0 } reason ? reason : null;
}
