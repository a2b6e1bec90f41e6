using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Cleat.Trees;
using Cleat.Trees.Paths;
using Cleat.Uses;

namespace Cleat.Formats.Kubernetes;

/// <summary>What an object makes of a value that it is given by another: the text of an image around it.</summary>
/// <param name="Before">What stands in front of the value in the reference.</param>
/// <param name="After">What stands behind it.</param>
/// <param name="IsShared">The value is used elsewhere too, where a digest behind a tag would not do.</param>
internal readonly record struct GivenParameter(string Before, string After, bool IsShared)
{
    private const char Value = '\u0001';

    // no object has more, and each value that is given looks at all of them
    private const int MostImages = 200;

    private static readonly ConditionalWeakTable<Tree, ConcurrentDictionary<int, Dictionary<string, List<string>>>> Known = [];

    /// <summary>A text in which a parameter stands once; null when it does not.</summary>
    /// <param name="resolve">What an expression stands for: null for itself, <see cref="Here"/> for the value.</param>
    public static GivenParameter? Of(string text, Func<string, string?> resolve)
    {
        var spans = Expressions.Find(text, out _);
        if (spans.Count == 0)
        {
            return null;
        }

        var whole = "";
        var plain = 0;
        foreach (var span in spans)
        {
            whole += text[plain..span.Start] + (resolve(text[span.Start..span.End]) ?? text[span.Start..span.End]);
            plain = span.End;
        }

        whole += text[plain..];
        return whole.Split(Value) is [var before, var after] ? new(before, after, IsShared: false) : null;
    }

    /// <summary>The images below a node in which a parameter stands; looked up once, whatever is given.</summary>
    /// <param name="parameter">The parameter that an expression reads; null when it reads none.</param>
    public static IReadOnlyList<string> Texts(Tree tree, int node, PathSet images, Func<string, string?> parameter, string name)
    {
        var ofTree = Known.GetValue(tree, static _ => []);
        return ofTree.GetOrAdd(node, static (at, asked) => ByParameter(asked.tree, at, asked.images, asked.parameter), (tree, images, parameter)).GetValueOrDefault(name) ?? [];
    }

    private static Dictionary<string, List<string>> ByParameter(Tree tree, int node, PathSet images, Func<string, string?> parameter)
    {
        Dictionary<string, List<string>> found = new(StringComparer.Ordinal);
        foreach (var text in TreeWalk.Find(tree, images, out _, node).Where(m => tree[m.Node].Kind == NodeKind.Scalar).Select(m => tree[m.Node].Value).Take(MostImages))
        {
            foreach (var name in Expressions.Find(text, out _).Select(e => parameter(text[e.Start..e.End])).OfType<string>().Distinct())
            {
                if (!found.TryGetValue(name, out var texts))
                {
                    found[name] = texts = [];
                }

                texts.Add(text);
            }
        }

        return found;
    }

    /// <summary>Stands for the value.</summary>
    public static string Here { get; } = Value.ToString();

    /// <summary>The same inside of a longer text that is handed on.</summary>
    public GivenParameter Within(GivenParameter outer) => new(outer.Before + Before, After + outer.After, IsShared || outer.IsShared);

    /// <summary>Judges a literal that is given.</summary>
    public void Judge(Place place, string by)
    {
        var value = place.Node.Value;
        PinSite site = place.Tree.Source.Slice(place.Node.Span) != value ? new PinSite.Nowhere("it is written with escapes: write it plainly first")
            : After.Length > 0 || (IsShared && Before.Length > 0) ? new PinSite.Nowhere($"{by} makes more of it than the end of one image's name: write the digest where the image is named")
            : new PinSite.Text(place.Node.Span, Before, LineComment: ScalarUse.Comment(place.Tree));
        place.Sink.AddOnce(ScalarUse.Judged(place.Format.Name, place.Match.Steps, Before + value + After, place.Node.Span, site, null) with { Text = value });
    }
}
