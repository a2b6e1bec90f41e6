using System.Text;

namespace Cleat.Formats.Helm;

/// <summary>Files of values for charts that are fetched: Terraform's <c>helm_release</c> reads them with <c>file("values.yaml")</c>.</summary>
internal sealed class ReleaseValues
{
    // the folder of the Terraform files, from that of the values
    private static readonly string[] Up = ["", "../", "../../"];

    // of the YAML files that the folder's releases may read: the ends of their paths
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    private ReleaseValues(Surroundings folder)
    {
        foreach (var name in folder.Files(""))
        {
            if (name.EndsWith(".tf", StringComparison.Ordinal) || name.EndsWith(".tofu", StringComparison.Ordinal))
            {
                folder.Glance(name, Gather);
            }
        }
    }

    /// <summary>True when a Terraform file that has a release names the file of values by its way from there.</summary>
    public static bool Names(string path, Surroundings beside)
    {
        var parts = path.Split('/');
        foreach (var up in Up)
        {
            if (beside.Opened(up, static folder => new ReleaseValues(folder)).names.Contains(string.Join('/', parts[^int.Min((up.Length / 3) + 1, parts.Length)..])))
            {
                return true;
            }
        }

        return false;
    }

    // "values.yaml", "${path.module}/env/values.yaml"
    private bool Gather(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf("helm_release"u8) < 0)
        {
            return false;
        }

        for (int at = 0, found; (found = text[at..].IndexOf((byte)'"')) >= 0; at += found + 1)
        {
            var end = at + found;
            if (!text[at..end].EndsWith(".yaml"u8) && !text[at..end].EndsWith(".yml"u8))
            {
                continue;
            }

            var path = Encoding.UTF8.GetString(text[at..end]).Split('/');
            for (var count = 1; count <= int.Min(Up.Length, path.Length); count++)
            {
                names.Add(string.Join('/', path[^count..]));
            }
        }

        return false;
    }
}
