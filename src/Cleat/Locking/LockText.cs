using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Cleat.Configuration;
using Cleat.References;
using Cleat.Registries.Client;
using Cleat.Registries;
using Cleat.Text;
using Cleat.Trees.Yaml;

namespace Cleat.Locking;

/// <summary>
/// The text of a lock: YAML, an entry a block with an empty line before it, sorted by bytes. Two branches that add different
/// references touch different lines, and a merge that went wrong is no valid lock.
/// </summary>
internal static class LockText
{
    private const string Head = "# What each image reference meant when it was resolved. Written by cleat; for review, not for editing.\nversion: 1\n";
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private static readonly string[] Keys = ["digest", "type", "resolved", "from", "platforms"];

    public static byte[] Write(IEnumerable<LockEntry> entries)
    {
        StringBuilder text = new(Head);
        foreach (var entry in entries)
        {
            // an IPv6 host begins with a bracket, which YAML takes for a list
            var key = entry.Reference[0] == '[' ? $"\"{entry.Reference}\"" : entry.Reference;
            text.Append(CultureInfo.InvariantCulture, $"\n{key}:\n  digest: {entry.Digest}\n  type: {entry.MediaType}\n");
            text.Append(CultureInfo.InvariantCulture, $"  resolved: {entry.Resolved.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture)}\n  from: {Quoted(entry.From)}\n");
            if (entry.Platforms.Count > 0)
            {
                text.Append("  platforms:\n");
                foreach (var (platform, digest) in entry.Platforms)
                {
                    text.Append(CultureInfo.InvariantCulture, $"    {platform}: {digest}\n");
                }
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <param name="problem">The first thing that is wrong; then nothing of the lock holds.</param>
    public static ImmutableSortedDictionary<string, LockEntry>? Read(SourceText source, out ReadProblem? problem)
    {
        var trees = YamlTrees.Read(source, TextSpan.FromBounds(source.BomLength, source.Bytes.Length), out problem);
        if (problem is not null)
        {
            return null;
        }

        if (trees.Count != 1 || trees[0].Count == 0 || trees[0].IsNull(0))
        {
            problem = new(0, "this is no lock of cleat: its first key must be `version: 1`");
            return null;
        }

        ConfigNode root = new(trees[0], 0, new());
        var keys = root.Entries(null, "reference");
        root.Require(keys is [{ Key: "version" } version, ..] && version.Value.Text() == "1", "this is no lock of this version of cleat: its first key must be `version: 1`");
        var entries = ImmutableSortedDictionary.CreateBuilder<string, LockEntry>(StringComparer.Ordinal);
        foreach (var (reference, node) in keys.Skip(1))
        {
            if (Entry(reference, node) is { } entry)
            {
                entries[reference] = entry;
            }
        }

        problem = root.Problems.First;
        return problem is null ? entries.ToImmutable() : null;
    }

    private static LockEntry? Entry(string name, ConfigNode node)
    {
        var known = ImageReference.TryParse(name, out var reference, out _) && reference.Digest is null && ResolutionKey.Of(reference, null).Reference == name;
        node.Require(known, $"'{name}' is no reference in full, registry/repository:tag");
        var keys = node.Map(Keys);
        node.Require(keys.Get("digest") is not null, $"'{name}' has no digest");
        var digest = DigestAt(keys.Get("digest"));
        var type = keys.Get("type")?.Text() ?? "";
        node.Require(MediaTypes.IsIndex(type) || MediaTypes.IsManifest(type), $"the type of '{name}' is none of an image");
        var time = DateTimeOffset.MinValue;
        var dated = keys.Get("resolved")?.Text() is { } said && DateTimeOffset.TryParseExact(said, Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
        node.Require(dated, $"'{name}' does not say when it was resolved, as in 2026-11-23T09:30:00Z");
        List<(string, Digest)> platforms = [];
        foreach (var (platform, value) in keys.Get("platforms")?.Entries(null, "platform") ?? [])
        {
            value.Require(Platform.TryParse(platform, out _), $"'{platform}' is no platform: it must read os/arch or os/arch/variant");
            platforms.Add((platform, DigestAt(value) ?? default));
        }

        return digest is { } found ? new(name, found, type, platforms, time, keys.Get("from")?.Text() ?? "registry") : null;
    }

    private static Digest? DigestAt(ConfigNode? node)
    {
        if (node is null)
        {
            return null;
        }

        var good = Digest.TryParse(node.Text(), out var digest, out var wrong);
        node.Require(good, $"the digest {wrong}");
        return good ? digest : null;
    }

    // a path may hold anything; what is not plain is written as a JSON string, which YAML reads
    private static string Quoted(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/' or '_' or '-') && text[0] is not '-'
            ? text
            : $"\"{System.Text.Json.JsonEncodedText.Encode(text)}\"";
}
