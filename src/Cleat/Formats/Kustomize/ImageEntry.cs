using System.Buffers;
using System.Text.RegularExpressions;

namespace Cleat.Formats.Kustomize;

/// <summary>One entry of <c>images[]</c> and what it does to an image (kustomize, api/filters/imagetag and api/internal/image, tried with 5.5).</summary>
/// <param name="Name">A regular expression for the image's name.</param>
/// <param name="Suffix">What is added to the tag, and takes the digest away.</param>
internal sealed record ImageEntry(string Name, string? NewName, string? NewTag, string? Digest, string? Suffix = null)
{
    private static readonly SearchValues<char> Signs = SearchValues.Create("*+?()[]{}|^$\\ ");

    private const string VersionSigns = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.{}-";

    private Regex? pattern;

    /// <summary>Its place in the list <c>images</c>.</summary>
    public int Item { get; init; }

    /// <summary>True when the name is plain text, so that it is the image's own.</summary>
    public bool IsPlain => !Name.AsSpan().ContainsAny(Signs);

    /// <summary>True when neither tag nor digest is set: the base says which image runs.</summary>
    public bool LeavesVersion => NewTag is null && Digest is null && Suffix is null;

    /// <summary>The image as it is written after this entry.</summary>
    public string Apply(string image)
    {
        if (!Matches(image))
        {
            return image;
        }

        var (name, tag, digest) = Split(image);
        (tag, digest) = (NewTag, Digest, Suffix) switch
        {
            (null, null, null) => (tag, digest),
            (null, null, var suffix) => (tag + suffix, null),
            _ => (NewTag, Digest),
        };
        return Text(NewName ?? name, tag, digest);
    }

    /// <summary>True when kustomize would apply this entry to the image.</summary>
    public bool Matches(string image)
    {
        if (IsPlain)
        {
            return MatchesPlain(image);
        }

        try
        {
            // the expression may come from anywhere: it is matched in linear time
            pattern ??= new($"^{Name}(:[a-zA-Z0-9_.{{}}-]*)?(@sha256:[a-zA-Z0-9_.{{}}-]*)?$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return pattern.IsMatch(image);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    // what the expression below says of a name without signs, but for the dot, which stands for any character
    private bool MatchesPlain(string image)
    {
        if (image.Length < Name.Length)
        {
            return false;
        }

        for (var i = 0; i < Name.Length; i++)
        {
            if (Name[i] != image[i] && Name[i] != '.')
            {
                return false;
            }
        }

        var rest = image.AsSpan(Name.Length);
        rest = rest is [':', ..] ? rest[1..].TrimStart(VersionSigns) : rest;
        return rest.IsEmpty || (rest.StartsWith("@sha256:") && rest["@sha256:".Length..].TrimStart(VersionSigns).IsEmpty);
    }

    public static string Text(string name, string? tag, string? digest) =>
        name + (tag is null ? "" : ":" + tag) + (digest is null ? "" : "@" + digest);

    /// <summary>Name, tag and digest by their signs alone.</summary>
    public static (string Name, string? Tag, string? Digest) Split(string image)
    {
        var at = image.IndexOf('@', StringComparison.Ordinal);
        var digest = at < 0 ? null : image[(at + 1)..];
        var rest = at < 0 ? image : image[..at];
        var colon = rest.LastIndexOf(':');
        return colon > rest.LastIndexOf('/') ? (rest[..colon], rest[(colon + 1)..], digest) : (rest, null, digest);
    }
}
