using Cleat.Text;
using Cleat.Trees.Paths;
using Cleat.Uses;

namespace Cleat.Formats;

/// <summary>A place whose image is named by an expression that no reference grammar can tell from a name.</summary>
internal static class DynamicUse
{
    /// <param name="text">The expression as it is written.</param>
    /// <param name="why">Why it is not known, and where it is said if that is known.</param>
    public static ImageUse Of(string format, Steps path, string text, TextSpan span, string why) =>
        ScalarUse.Local(format, path, text, span, why) with { Verdict = Verdict.Dynamic };
}
