using System.Text;

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
    private const string BitnamiImage = "\"common.images.image\"";

    private readonly List<string> texts = [];
    private readonly Lazy<bool> readsDigest;

    /// <param name="chart">The way to the chart's folder.</param>
    public ChartTemplates(Surroundings beside, string chart)
    {
        Gather(beside, chart + "templates", 0);
        foreach (var inner in beside.Folders(chart + "charts"))
        {
            Gather(beside, $"{chart}charts/{inner}/templates", 0);
        }

        readsDigest = new(() => texts.Exists(t => t.Contains(".digest", StringComparison.Ordinal) || t.Contains(BitnamiImage, StringComparison.Ordinal)));
    }

    /// <summary>How the image at a path of the values gets a digest.</summary>
    /// <param name="path">Of the map: <c>controller.image</c>.</param>
    /// <param name="tag">The key of its tag.</param>
    public DigestRoute Route(string path, string tag)
    {
        // `with` and `range` make the last key stand alone
        foreach (var name in (string[])[".Values." + path, "." + path[(path.LastIndexOf('.') + 1)..]])
        {
            if (texts.Exists(t => Uses(t, name + ".digest").Any()))
            {
                return DigestRoute.Field;
            }

            var tags = texts.SelectMany(t => Uses(t, $"{name}.{tag}").Select(at => (Text: t, At: at))).Where(u => !IsCondition(u.Text, u.At)).ToList();
            if (tags.Count > 0)
            {
                return tags.TrueForAll(u => EndsReference(u.Text, u.At)) ? DigestRoute.Tag : DigestRoute.TagElsewhere;
            }

            // handed on whole to a named template
            if (texts.Exists(t => Uses(t, name).Any()))
            {
                return readsDigest.Value ? DigestRoute.Field : DigestRoute.Unknown;
            }
        }

        return DigestRoute.Unknown;
    }

    /// <summary>True when a template puts more behind the value: <c>{{ .Values.image }}:{{ … }}</c>.</summary>
    public bool Continues(string path) => texts.Exists(t => Uses(t, ".Values." + path).Any(at =>
        t.IndexOf("}}", at, StringComparison.Ordinal) is var end and >= 0 && end + 2 < t.Length && t[end + 2] is ':' or '@'));

    // where a name stands with nothing more in front or behind
    private static IEnumerable<int> Uses(string text, string name)
    {
        for (var at = 0; (at = text.IndexOf(name, at, StringComparison.Ordinal)) >= 0; at += name.Length)
        {
            if ((at == 0 || text[at - 1] is ' ' or '(' or '{' or '$' or '-' or '\n') && (at + name.Length == text.Length || !(char.IsAsciiLetterOrDigit(text[at + name.Length]) || text[at + name.Length] is '_' or '.')))
            {
                yield return at;
            }
        }
    }

    private static bool IsCondition(string text, int at)
    {
        var open = text.LastIndexOf("{{", at, StringComparison.Ordinal);
        var action = open < 0 ? "" : text[(open + 2)..at].TrimStart('-', ' ');
        return action.StartsWith("if ", StringComparison.Ordinal) || action.StartsWith("else if ", StringComparison.Ordinal);
    }

    // `…:{{ .tag }}` or printf "%s:%s" … .tag
    private static bool EndsReference(string text, int at)
    {
        var open = text.LastIndexOf("{{", at, StringComparison.Ordinal);
        var close = text.IndexOf("}}", at, StringComparison.Ordinal);
        if (open <= 0 || close < 0)
        {
            return false;
        }

        var ends = close + 2 >= text.Length || text[close + 2] is '"' or '\'' or '\n' or '\r' or ' ';
        var action = text[open..close];
        return ends && (text[open - 1] == ':' || (action.Contains(":%s\"", StringComparison.Ordinal) && action.LastIndexOf(".Values.", StringComparison.Ordinal) <= at - open));
    }

    private void Gather(Surroundings beside, string folder, int depth)
    {
        foreach (var name in beside.Files(folder))
        {
            if (name.EndsWith(".yaml", StringComparison.Ordinal) || name.EndsWith(".yml", StringComparison.Ordinal) || name.EndsWith(".tpl", StringComparison.Ordinal))
            {
                texts.Add(beside.Read($"{folder}/{name}") is { } source ? Encoding.UTF8.GetString(source.Span) : "");
            }
        }

        foreach (var inner in depth < Deepest ? beside.Folders(folder) : [])
        {
            Gather(beside, $"{folder}/{inner}", depth + 1);
        }
    }
}
