using Cleat.Findings;
using Cleat.Text;

namespace Cleat.Formats;

/// <summary>A place whose text is no reference to judge.</summary>
internal static class OtherUse
{
    /// <summary>The image is named by an expression.</summary>
    /// <param name="why">Why it is not known, and where it is said if that is known.</param>
    public static ImageUse Dynamic(string format, string path, string text, TextSpan span, string why) =>
        Use(format, path, text, span, Verdict.Dynamic, why);

    /// <summary>The place holds a local name.</summary>
    /// <param name="what">What it is instead.</param>
    public static ImageUse NotAnImage(string format, string path, string text, TextSpan span, string what) =>
        Use(format, path, text, span, Verdict.NotAnImage, what);

    private static ImageUse Use(string format, string path, string text, TextSpan span, Verdict verdict, string problem) => new()
    {
        Format = format,
        Path = path,
        Text = text,
        Span = span,
        Verdict = verdict,
        Problem = problem,
        Site = new PinSite.Nowhere(problem),
    };
}
