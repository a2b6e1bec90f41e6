using System.Globalization;

namespace Cleat.Formats.Hcl;

/// <summary>Expressions that only name something: <c>var.images["web"].tag</c>.</summary>
internal static class Traversal
{
    /// <summary>The name that stands for an index that is not known: <c>local.images[var.env]</c>.</summary>
    public const string Any = "*";

    /// <summary>The number in a name that stands for a known index: <c>[0]</c>; null for all others.</summary>
    public static int? Index(string name) => name is ['[', .. var digits, ']'] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    /// <summary>True for one of the items of a <c>for_each</c>: <c>each.value.image</c>, in a block <c>dynamic "container"</c> <c>container.value</c>.</summary>
    public static bool IsEach(IReadOnlyList<string> names) => names is ["each", _, ..] or [not ("var" or "local" or "param" or "variable" or "target"), "value", ..];

    /// <summary>The names from left to right, or null when the expression is more than that.</summary>
    public static IReadOnlyList<string>? Read(string expression)
    {
        List<string> names = [];
        var rest = expression.AsSpan().Trim();
        while (rest.Length > 0)
        {
            if ((names.Count > 0 && rest is ['[', '"' or '\'', ..] && rest.IndexOf([rest[1], ']']) is var close and > 2)
                || (rest is ['(', '\'', ..] && names.Count == 1 && (close = rest[2..].IndexOf('\'') + 2) > 2 && rest[(close + 1)..] is [')', ..]))
            {
                // the second is ARM's: parameters('x')
                names.Add(rest[2..close].ToString());
                rest = rest[(close + 2)..];
            }
            else if (names.Count > 0 && rest[0] == '[' && rest.IndexOf(']') is var end and > 1 && rest[1..end].IndexOfAny('[', '(', '"') < 0)
            {
                names.Add(rest[1..end].IndexOfAnyExceptInRange('0', '9') < 0 ? rest[..(end + 1)].ToString() : Any);
                rest = rest[(end + 1)..];
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

        return names.Count > 0 ? names : null;
    }
}
