using System.Globalization;
using Cleat.Text;

namespace Cleat.Admission.Reviews;

/// <summary>
/// Warnings as the API server takes them: it cuts each at 256 characters and drops what is over 4,096 in all, and a control character makes it
/// drop one. Plain text, short, each once.
/// </summary>
internal sealed class Warnings
{
    private const int Longest = 240;
    private const int LongestInAll = 3800;

    private readonly List<string> all = [];
    private int length;
    private int dropped;

    public IReadOnlyList<string> All => dropped == 0 ? all : [.. all, string.Create(CultureInfo.InvariantCulture, $"cleat: and {dropped} more")];

    public void Add(string text)
    {
        var plain = PrintableText.Of(text.Length > 4 * Longest ? text[..(4 * Longest)] : text);
        var cut = plain.Length > Longest ? plain[..(Longest - 1)] + "…" : plain;
        if (all.Contains(cut))
        {
            return;
        }

        if (length + cut.Length > LongestInAll)
        {
            dropped++;
            return;
        }

        all.Add(cut);
        length += cut.Length;
    }
}
