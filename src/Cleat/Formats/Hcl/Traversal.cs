using System.Globalization;

namespace Cleat.Formats.Hcl;

/// <summary>Expressions that only name something: <c>var.images["web"].tag</c>.</summary>
internal static class Traversal
{
    /// <summary>The name that stands for an index that is not known: <c>local.images[var.env]</c>.</summary>
    public const string Any = "*";

    /// <summary>The first of the names that lead on from an expression that is no name itself: from <c>merge(…)</c> in <c>merge(…).web</c>.</summary>
    public const string Here = "";

    /// <summary>The number in a name that stands for a known index: <c>[0]</c>; null for all others.</summary>
    public static int? Index(string name) => name is ['[', .. var digits, ']'] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    /// <summary>True for one of the items of a <c>for_each</c>: <c>each.value.image</c>, in a block <c>dynamic "container"</c> <c>container.value</c>.</summary>
    public static bool IsEach(IReadOnlyList<string> names) => names is ["each", _, ..] or [not ("var" or "local" or "param" or "variable" or "target"), "value", ..];

    /// <summary>The names from left to right, or null when the expression is more than that.</summary>
    public static IReadOnlyList<string>? Read(string expression, bool isArm = false)
    {
        List<string> names = [];
        var rest = expression.AsSpan().Trim();
        while (rest.Length > 0)
        {
            if ((names.Count > 0 && rest is ['[', '"' or '\'', ..] && rest.IndexOf([rest[1], ']']) is var close and > 2)
                || (isArm && rest is ['(', '\'', ..] && names.Count == 1 && (close = rest[2..].IndexOf('\'') + 2) > 2 && rest[(close + 1)..] is [')', ..]))
            {
                // the second is ARM's: parameters('x')
                names.Add(rest[2..close].ToString());
                rest = rest[(close + 2)..];
            }
            else if (names.Count > 0 && rest[0] == '[' && Closing(rest) is var end and > 1)
            {
                names.Add(rest[1..end].IndexOfAnyExceptInRange('0', '9') < 0 ? rest[..(end + 1)].ToString() : Any);
                rest = rest[(end + 1)..];
            }
            else if (names.Count > 0 && rest.StartsWith(".*"))
            {
                names.Add(Any);
                rest = rest[2..];
            }
            else
            {
                rest = names.Count > 0 && rest[0] == '.' ? rest[1..] : rest;
                var length = 0;
                while (length < rest.Length && (char.IsLetterOrDigit(rest[length]) || rest[length] is '_' or '-'))
                {
                    length++;
                }

                if (length == 0)
                {
                    return null;
                }

                names.Add(rest[..length].ToString());
                rest = rest[length..];
                if (rest.Length > 0 && rest[0] is not ('.' or '[' or '('))
                {
                    return null;
                }
            }
        }

        // behind `.*` an index selects one of all: the one whose attribute is asked for
        if (names.Count > 1 && Index(names[^1]) is not null && expression.Contains(".*", StringComparison.Ordinal))
        {
            names[names.LastIndexOf(Any)] = names[^1];
            names.RemoveAt(names.Count - 1);
        }

        return names.Count > 0 ? names : null;
    }

    /// <summary>The names of one item of the list that an expression gives: behind the names of the list, or in the place of a splat (<c>local.all[*].image</c>).</summary>
    public static IReadOnlyList<string> Item(IReadOnlyList<string> names, string expression, string key)
    {
        var splat = expression.Contains("[*]", StringComparison.Ordinal) || expression.Contains(".*", StringComparison.Ordinal) ? names.ToList().LastIndexOf(Any) : -1;
        return splat < 0 ? [.. names, key] : [.. names.Take(splat), key, .. names.Skip(splat + 1)];
    }

    // the bracket that closes the first one; -1 when there is none
    private static int Closing(ReadOnlySpan<char> text)
    {
        for (int i = 0, depth = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '[' or '(' => 1, ']' or ')' => -1, _ => 0 };
            if (depth == 0)
            {
                return text[i] == ']' ? i : -1;
            }
        }

        return -1;
    }
}
