using System.Text;

namespace Cleat.Rewriting;

/// <summary>
/// A path in the header of a diff, as git writes it (git-config, <c>core.quotePath</c>): in C quotes when it holds a control
/// character, a quote, a backslash or a byte above 0x7F; with a tab behind it when it holds a space, so that the name has an end.
/// </summary>
internal static class GitPath
{
    public static byte[] Header(string mark, string prefix, string path)
    {
        var name = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path.TrimStart('/');
        return Encoding.ASCII.GetBytes($"{mark}{Quoted(prefix + name)}{(name.Contains(' ', StringComparison.Ordinal) ? "\t" : "")}\n");
    }

    private static string Quoted(string name)
    {
        StringBuilder quoted = new("\"");
        foreach (var b in Encoding.UTF8.GetBytes(name))
        {
            _ = b switch
            {
                (byte)'\a' => quoted.Append("\\a"),
                (byte)'\b' => quoted.Append("\\b"),
                (byte)'\t' => quoted.Append("\\t"),
                (byte)'\n' => quoted.Append("\\n"),
                (byte)'\v' => quoted.Append("\\v"),
                (byte)'\f' => quoted.Append("\\f"),
                (byte)'\r' => quoted.Append("\\r"),
                (byte)'"' => quoted.Append("\\\""),
                (byte)'\\' => quoted.Append("\\\\"),
                < 0x20 or >= 0x7F => quoted.Append('\\').Append(Convert.ToString(b, 8).PadLeft(3, '0')),
                _ => quoted.Append((char)b),
            };
        }

        return quoted.Length == name.Length + 1 ? name : quoted.Append('"').ToString();
    }
}
