using System.Globalization;
using System.Text.RegularExpressions;

namespace Cleat.References;

/// <summary>How far a tag may move.</summary>
internal enum VersionReach
{
    /// <summary>The first two numbers stay.</summary>
    Patch,

    /// <summary>The first number stays.</summary>
    Minor,

    /// <summary>Any newer version.</summary>
    Major,
}

/// <summary>
/// A tag that says a version: what stands before it, its numbers, and what stands behind. Two of them can be compared when they are of one shape: the same
/// words around as many numbers, so that <c>1.27-alpine</c> goes with <c>1.28-alpine</c> alone. What may be a hash, a branch or a pull request is no version.
/// </summary>
internal sealed partial class TagVersion : IComparable<TagVersion>
{
    // what such words are followed by names a commit or a request, not a version
    private static readonly string[] NoVersions = ["sha", "git", "commit", "rev", "pr", "mr", "pull", "issue", "ci", "run", "job", "build", "branch"];

    private readonly string shape;
    private readonly long[] numbers;
    private readonly string? label;
    private readonly long labelNumber;
    private readonly long[] revision;

    private TagVersion(string tag, string shape, long[] numbers, string? label, long labelNumber, long[] revision)
    {
        Tag = tag;
        this.shape = shape;
        this.numbers = numbers;
        this.label = label;
        this.labelNumber = labelNumber;
        this.revision = revision;
    }

    public string Tag { get; }

    /// <summary>Null where the tag says no version.</summary>
    public static TagVersion? Of(string tag)
    {
        var match = Version().Match(tag);
        if (!match.Success || NoVersions.Contains(match.Groups["prefix"].Value.TrimEnd('-', '_', '.').ToLowerInvariant()))
        {
            return null;
        }

        var text = match.Groups["numbers"].Value;
        var parts = text.Split('.', '-', 'T', 'Z').Where(p => p.Length > 0).ToArray();
        if (Array.Exists(parts, p => p.Length > 15) || Kind(parts) is not { } kind)
        {
            return null;
        }

        var label = match.Groups["label"] is { Success: true } group ? group.Value.ToLowerInvariant() : null;
        var (suffix, revision) = Revision(match.Groups["rest"].Value);
        var shape = string.Join('|', match.Groups["prefix"].Value, kind, string.Concat(text.Where(c => !char.IsAsciiDigit(c))), suffix, revision.Length);
        return new(tag, shape, [.. parts.Select(Number)], label, match.Groups["count"] is { Success: true, Length: > 0 and < 10 } count ? Number(count.Value) : 0, revision);
    }

    /// <summary>The newer ones of the same shape within reach, the newest first.</summary>
    public IReadOnlyList<string> Newer(IEnumerable<string> tags, VersionReach reach) =>
        [.. tags.Distinct(StringComparer.Ordinal).Select(Of).OfType<TagVersion>().Where(t => t.shape == shape && IsWithin(t, reach) && IsRipe(t) && t.CompareTo(this) > 0).OrderDescending().Select(t => t.Tag)];

    public int CompareTo(TagVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = Compare(numbers, other.numbers);
        order = order != 0 ? order : (label is null).CompareTo(other.label is null);
        order = order != 0 ? order : string.CompareOrdinal(label, other.label);
        order = order != 0 ? order : labelNumber.CompareTo(other.labelNumber);
        order = order != 0 ? order : Compare(revision, other.revision);
        return order != 0 ? order : string.CompareOrdinal(Tag, other.Tag);
    }

    // one that is not released yet is for those who have its forerunner
    private bool IsRipe(TagVersion other) => other.label is null || (label is not null && Compare(numbers, other.numbers) == 0);

    private bool IsWithin(TagVersion other, VersionReach reach)
    {
        var kept = reach switch { VersionReach.Major => 0, VersionReach.Minor => 1, _ => 2 };
        // a number that the tag does not have cannot have moved: all it has are kept
        return numbers.Length <= kept ? Compare(numbers, other.numbers) == 0 : numbers.AsSpan(0, kept).SequenceEqual(other.numbers.AsSpan(0, kept));
    }

    private static int Compare(long[] one, long[] other) => one.AsSpan().SequenceCompareTo(other);

    private static long Number(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);

    // calendars count otherwise than releases: one does not follow the other
    private static string? Kind(string[] parts)
    {
        var first = parts[0];
        return first.Length switch
        {
            4 when Number(first) is >= 1990 and <= 2099 => "year",
            < 6 => "number",
            6 or 8 or 10 or 12 or 14 when parts.Length == 1 && IsDate(first) => $"date{first.Length}",
            8 when IsDate(first) => "date8",
            // a lone long number may be a hash as well
            _ => parts.Length == 1 ? null : "number",
        };
    }

    private static bool IsDate(string digits) =>
        Number(digits[..4]) is >= 1990 and <= 2099 && Number(digits[4..6]) is >= 1 and <= 12 && (digits.Length < 8 || Number(digits[6..8]) is >= 1 and <= 31);

    // how often the same version was built: a build, a package's revision, a date
    private static (string Suffix, long[] Revision) Revision(string rest)
    {
        var match = Built().Match(rest);
        return match.Success
            ? (match.Groups["before"].Value + "#" + match.Groups["after"].Value, [.. match.Groups["number"].Value.Split('.').Select(Number)])
            : (rest, []);
    }

    // prefix, numbers or a date with hyphens, an early release's label, the rest behind a separator
    [GeneratedRegex(
        @"^(?<prefix>(?:[A-Za-z][A-Za-z._-]*)?)(?<numbers>\d{4}-\d{2}-\d{2}(?:T\d{2}-\d{2}-\d{2}Z)?(?![\d.])|\d+(?:\.\d+)*)(?:(?:[-._]?(?<label>alpha|beta|rc|pre|preview|cr)|(?<label>[abm])(?=\d))[-._]?(?<count>\d*)(?![A-Za-z\d]))?(?<rest>(?:[-_.+].*)?)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Version();

    [GeneratedRegex(@"^(?:(?<before>[_+])(?<number>\d{1,9}(?:\.\d{1,9})*)(?<after>(?:[-_.].*)?)|(?<before>.*-r)(?<number>\d{1,9})(?<after>)|(?<before>-)(?<number>\d{1,3}|(?:19|20)\d{6})(?<after>))$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Built();
}
