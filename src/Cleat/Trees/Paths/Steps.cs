using System.Globalization;
using System.Text;

namespace Cleat.Trees.Paths;

/// <summary>One step from a node of a document to what stands below it: the key of a map, the index of an item, or the way into a text that is a document itself.</summary>
/// <param name="Key">The key, decoded; any text, the empty one too. Null for the other two.</param>
/// <param name="Index">Of an item, from 0; -1 for one behind the last (JSON Pointer's <c>-</c>).</param>
public readonly record struct Step(string? Key, int Index)
{
    private const int IntoText = int.MinValue;

    /// <summary>The way into a text: a Dockerfile or a patch inside of YAML.</summary>
    public static Step Into { get; } = new(null, IntoText);

    public bool IsItem => Key is null && Index != IntoText;

    public bool IsInto => Key is null && Index == IntoText;

    public static implicit operator Step(string key) => new(key, 0);

    public static implicit operator Step(int index) => new(null, index);

    public static Step FromString(string key) => key;

    public static Step FromInt32(int index) => index;
}

/// <summary>
/// Where something stands in a document, from its root: the place itself, from which its text for people, its JSON Pointer and look-ups are made.
/// Nothing reads the text back: a key may hold dots, brackets, slashes, or nothing.
/// </summary>
public sealed class Steps : IEquatable<Steps>
{
    private readonly Step[] all;

    private Steps(Step[] all) => this.all = all;

    /// <summary>The root of the document.</summary>
    public static Steps Root { get; } = new([]);

    public int Count => all.Length;

    public Step this[int index] => all[index];

    public ReadOnlySpan<Step> Span => all;

    /// <summary>The last key, or null when the last step is none.</summary>
    public string? Key => all is [.., { Key: { } key }] ? key : null;

    /// <summary>The steps without the last one; the root's are its own.</summary>
    public Steps Parent => Take(int.Max(0, all.Length - 1));

    public static Steps Of(params ReadOnlySpan<Step> steps) => steps.IsEmpty ? Root : new(steps.ToArray());

    public Steps Add(Step step) => new([.. all, step]);

    public Steps Add(Steps below) => below.Count == 0 ? this : Count == 0 ? below : new([.. all, .. below.all]);

    /// <summary>The first steps.</summary>
    public Steps Take(int count) => count == all.Length ? this : count == 0 ? Root : new(all[..count]);

    /// <summary>What is left without the first steps.</summary>
    public Steps Skip(int count) => count == 0 ? this : count >= all.Length ? Root : new(all[count..]);

    public bool StartsWith(params ReadOnlySpan<Step> steps) => all.AsSpan().StartsWith(steps);

    public bool EndsWith(params ReadOnlySpan<Step> steps) => all.AsSpan().EndsWith(steps);

    /// <summary>For people: <c>spec.containers[0].image</c>. Keys stand as they are, so it cannot be read back.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        var isFirst = true;
        foreach (var step in all)
        {
            if (step.IsInto)
            {
                text.Append(':');
                isFirst = true;
                continue;
            }

            if (step.Key is null)
            {
                text.Append('[').Append(step.Index < 0 ? "-" : step.Index.ToString(CultureInfo.InvariantCulture)).Append(']');
            }
            else
            {
                text.Append(isFirst ? "" : ".").Append(step.Key);
            }

            isFirst = false;
        }

        return text.ToString();
    }

    /// <summary>As a JSON Pointer (RFC 6901): <c>/spec/containers/0/image</c>; up to a text that is a document itself.</summary>
    public string ToPointer()
    {
        StringBuilder pointer = new();
        foreach (var step in all)
        {
            if (step.IsInto)
            {
                break;
            }

            pointer.Append('/').Append(step.Key is { } key ? key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)
                : step.Index < 0 ? "-" : step.Index.ToString(CultureInfo.InvariantCulture));
        }

        return pointer.ToString();
    }

    /// <summary>The steps of a JSON Pointer; null when it is none. A number, or <c>-</c>, is taken for the place of an item, which only the document could tell.</summary>
    public static Steps? OfPointer(string text)
    {
        if (text.Length == 0)
        {
            return Root;
        }

        return text[0] != '/' ? null : new([.. text[1..].Split('/').Select(static token =>
            token == "-" ? new Step(null, -1)
            : int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? new Step(null, index)
            : new Step(token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal), 0))]);
    }

    public bool Equals(Steps? other) => other is not null && all.AsSpan().SequenceEqual(other.all);

    public override bool Equals(object? obj) => Equals(obj as Steps);

    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (var step in all)
        {
            hash.Add(step);
        }

        return hash.ToHashCode();
    }
}
