using System.Buffers;
using System.Text;
using Cleat.Text;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Helm;

/// <summary>How an image of the values gets a digest, as far as the text of the templates proves it.</summary>
internal enum DigestRoute
{
    /// <summary>Nothing in the templates shows how the image is put together.</summary>
    Unknown,

    /// <summary>The templates read a field <c>digest</c>.</summary>
    Field,

    /// <summary>The tag stands behind a colon at the end of the image, and nowhere else: <c>tag@digest</c> is a reference too.</summary>
    Tag,

    /// <summary>The tag is used elsewhere as well (a label), where a digest would break it.</summary>
    TagElsewhere,
}

/// <summary>The text of a chart's templates and of the library charts below it, searched for how values are used. No template is run.</summary>
internal sealed class ChartTemplates
{
    private const int Deepest = 6;

    // Bitnami's library chart `common` takes `digest` before `tag` (bitnami/common, templates/_images.tpl, since 2.0); it is fetched, not kept beside a chart
    private static ReadOnlySpan<byte> BitnamiImage => "\"common.images.image\""u8;

    private static readonly SearchValues<byte> NameBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_."u8);

    private readonly Dictionary<string, List<(SourceText Text, int At)>> uses = new(StringComparer.Ordinal);
    private bool readsDigest;

    /// <param name="folder">The chart's.</param>
    public ChartTemplates(Surroundings folder)
    {
        Gather(folder, "templates", 0);
        foreach (var inner in folder.Folders("charts"))
        {
            Gather(folder, $"charts/{inner}/templates", 0);
        }
    }

    /// <summary>How the image at a path of the values gets a digest.</summary>
    /// <param name="path">Of the map: <c>controller.image</c>.</param>
    /// <param name="tag">The key of its tag.</param>
    public DigestRoute Route(Steps path, string tag)
    {
        // `with` and `range` make the last key stand alone
        foreach (var name in IsName(path) ? (string[])[".Values." + path, "." + path.Key] : [])
        {
            if (Uses(name + ".digest").Count > 0)
            {
                return DigestRoute.Field;
            }

            var tags = Uses($"{name}.{tag}").Where(u => !IsCondition(u.Text.Span, u.At)).ToList();
            if (tags.Count > 0)
            {
                return tags.TrueForAll(u => EndsReference(u.Text.Span, u.At)) ? DigestRoute.Tag : DigestRoute.TagElsewhere;
            }

            // handed on whole to a named template
            if (Uses(name).Count > 0)
            {
                return readsDigest ? DigestRoute.Field : DigestRoute.Unknown;
            }
        }

        return DigestRoute.Unknown;
    }

    /// <summary>True when a template puts more behind the value: <c>{{ .Values.image }}:{{ … }}</c>.</summary>
    public bool Continues(Steps path) => IsName(path) && Uses(".Values." + path).Exists(u =>
        u.Text.Span[u.At..].IndexOf("}}"u8) is var end and >= 0 && u.At + end + 2 < u.Text.Span.Length && u.Text.Span[u.At + end + 2] is (byte)':' or (byte)'@');

    // most templates say nothing of images
    private static bool MayTell(ReadOnlySpan<byte> text) => text.IndexOf("mage"u8) >= 0 || text.IndexOf(".digest"u8) >= 0;

    // where a name stands with nothing more in front or behind
    private List<(SourceText Text, int At)> Uses(string name) => uses.GetValueOrDefault(name, []);

    // other keys are looked up with `index`
    private static bool IsName(Steps path)
    {
        foreach (var step in path.Span)
        {
            if (step.Key is not { Length: > 0 } key || key.Contains('.', StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private void Add(SourceText text)
    {
        var bytes = text.Span;
        readsDigest |= bytes.IndexOf(".digest"u8) >= 0 || bytes.IndexOf(BitnamiImage) >= 0;
        for (int at = 0, found; (found = bytes[at..].IndexOf((byte)'.')) >= 0;)
        {
            at += found;
            var length = bytes[at..].IndexOfAnyExcept(NameBytes) is var end and >= 0 ? end : bytes.Length - at;
            if (at == 0 || bytes[at - 1] is (byte)' ' or (byte)'(' or (byte)'{' or (byte)'$' or (byte)'-' or (byte)'\n')
            {
                var name = Encoding.UTF8.GetString(bytes.Slice(at, length));
                if (!uses.TryGetValue(name, out var places))
                {
                    uses.Add(name, places = []);
                }

                places.Add((text, at));
            }

            at += length;
        }
    }

    private static bool IsCondition(ReadOnlySpan<byte> text, int at)
    {
        var open = text[..at].LastIndexOf("{{"u8);
        var action = open < 0 ? [] : text[(open + 2)..at].TrimStart("- "u8);
        return action.StartsWith("if "u8) || action.StartsWith("else if "u8);
    }

    // `…:{{ .tag }}` or printf "%s:%s" … .tag
    private static bool EndsReference(ReadOnlySpan<byte> text, int at)
    {
        var open = text[..at].LastIndexOf("{{"u8);
        var close = text[at..].IndexOf("}}"u8) is var found and >= 0 ? at + found : -1;
        if (open <= 0 || close < 0)
        {
            return false;
        }

        var ends = close + 2 >= text.Length || text[close + 2] is (byte)'"' or (byte)'\'' or (byte)'\n' or (byte)'\r' or (byte)' ';
        var action = text[open..close];
        return ends && (text[open - 1] == ':' || (action.IndexOf(":%s\""u8) >= 0 && action.LastIndexOf(".Values."u8) <= at - open));
    }

    private void Gather(Surroundings beside, string folder, int depth)
    {
        foreach (var name in beside.Files(folder))
        {
            if (name.EndsWith(".yaml", StringComparison.Ordinal) || name.EndsWith(".yml", StringComparison.Ordinal) || name.EndsWith(".tpl", StringComparison.Ordinal))
            {
                if (beside.Glance($"{folder}/{name}", MayTell) is { } text)
                {
                    Add(text);
                }
            }
        }

        foreach (var inner in depth < Deepest ? beside.Folders(folder) : [])
        {
            Gather(beside, $"{folder}/{inner}", depth + 1);
        }
    }
}
