using System.Globalization;
using Cleat.Trees;

namespace Cleat.Formats;

/// <summary>Text without quotes that YAML reads as a number: as a tag, <c>1.10</c> becomes <c>1.1</c>.</summary>
internal static class PlainNumber
{
    public static bool Is(Tree tree, int node) => Read(tree, node) is not null;

    /// <summary>The number as a Go program prints it again, when that is not what is written; else null.</summary>
    public static string? OtherText(Tree tree, int node)
    {
        if (Read(tree, node) is not { } number)
        {
            return null;
        }

        var shown = Show(number);
        return shown == tree[tree.Target(node)].Value ? null : shown;
    }

    /// <summary>As Go prints a float: the shortest digits, with an exponent from a million on (strconv).</summary>
    public static string Show(double number) => number.ToString(Math.Abs(number) < 1e6 ? "R" : "0.################e+00", CultureInfo.InvariantCulture);

    private static double? Read(Tree tree, int node) =>
        tree.Target(node) is var v and >= 0 && tree[v] is { Kind: NodeKind.Scalar, IsPlain: true, Tag: null } scalar
        && scalar.Value.Length > 0 && (char.IsAsciiDigit(scalar.Value[0]) || scalar.Value[0] is '.' or '-' or '+')
        && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
