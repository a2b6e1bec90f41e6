using System.Text;

namespace Cleat.Formats.Helm;

/// <summary>Files of values for charts that are fetched: Terraform's <c>helm_release</c> reads them with <c>file("values.yaml")</c>.</summary>
internal static class ReleaseValues
{
    // the folder of the Terraform files, from that of the values
    private static readonly string[] Up = ["", "../", "../../"];

    /// <summary>True when a Terraform file that has a release names the file of values by its way from there.</summary>
    public static bool Names(string path, Surroundings beside)
    {
        foreach (var up in Up)
        {
            var files = beside.Files(up).Where(f => f.EndsWith(".tf", StringComparison.Ordinal) || f.EndsWith(".tofu", StringComparison.Ordinal));
            var parts = path.Split('/');
            var name = Encoding.UTF8.GetBytes(string.Join('/', parts[^int.Min((up.Length / 3) + 1, parts.Length)..]) + "\"");
            if (files.Select(f => beside.Read(up + f)).Any(f => f is not null && f.Span.IndexOf("helm_release"u8) >= 0 && Names(f.Span, name)))
            {
                return true;
            }
        }

        return false;
    }

    // "values.yaml", "${path.module}/values.yaml"
    private static bool Names(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        for (int at = 0, found; (found = text[at..].IndexOf(name)) >= 0; at += found + name.Length)
        {
            if (at + found > 0 && text[at + found - 1] is (byte)'"' or (byte)'/')
            {
                return true;
            }
        }

        return false;
    }
}
