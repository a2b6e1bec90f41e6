using System.Text;

namespace Cleat.Formats.Quadlet;

/// <summary>One <c>Key=Value</c> of a systemd unit.</summary>
/// <param name="Value">Its bytes, joined over continued lines (a space stands for each break), white space at the ends taken off.</param>
/// <param name="At">For each byte of the value its offset in the file.</param>
internal readonly record struct UnitEntry(string Section, string Key, byte[] Value, int[] At);

/// <summary>
/// Reads the lines of a systemd unit (systemd.syntax(7)): sections, keys, comments with <c>#</c> or <c>;</c>, and lines that a
/// backslash at the end continues; comment lines between continued lines are skipped.
/// </summary>
internal ref struct UnitLines(ReadOnlySpan<byte> text, int start)
{
    private readonly ReadOnlySpan<byte> text = text;
    private int at = start;
    private string section = "";

    /// <summary>Offset of a line that is no section, key or comment, or -1.</summary>
    public int Stray { get; private set; } = -1;

    public bool Next(out UnitEntry entry)
    {
        while (at < text.Length)
        {
            var (from, end) = Line();
            if (from == end || text[from] is (byte)'#' or (byte)';')
            {
                continue;
            }

            if (text[from] == '[' && text[end - 1] == ']')
            {
                section = Encoding.UTF8.GetString(text[(from + 1)..(end - 1)]);
                continue;
            }

            List<(byte Byte, int At)> joined = [];
            while (Take(from, end, joined) && at < text.Length)
            {
                do
                {
                    (from, end) = Line();
                }
                while (from < end && text[from] is (byte)'#' or (byte)';' && at < text.Length);
                joined.Add(((byte)' ', from));
            }

            if (Split(joined, out entry))
            {
                return true;
            }

            Stray = Stray < 0 ? joined[0].At : Stray;
        }

        entry = default;
        return false;
    }

    private readonly bool Split(List<(byte Byte, int At)> line, out UnitEntry entry)
    {
        entry = default;
        var equals = line.FindIndex(c => c.Byte == '=');
        if (equals <= 0)
        {
            return false;
        }

        var key = Encoding.UTF8.GetString([.. line.Take(equals).Select(c => c.Byte)]).Trim();
        var first = equals + 1;
        var last = line.Count;
        while (first < last && IsSpace(line[first].Byte))
        {
            first++;
        }

        while (last > first && IsSpace(line[last - 1].Byte))
        {
            last--;
        }

        var value = line.GetRange(first, last - first);
        entry = new(section, key, [.. value.Select(c => c.Byte)], [.. value.Select(c => c.At)]);
        return true;
    }

    // a line without the white space around it
    private (int From, int End) Line()
    {
        var from = at;
        var length = text[at..].IndexOf((byte)'\n');
        var end = length < 0 ? text.Length : at + length;
        at = length < 0 ? text.Length : end + 1;
        while (from < end && IsSpace(text[from]))
        {
            from++;
        }

        while (end > from && IsSpace(text[end - 1]))
        {
            end--;
        }

        return (from, end);
    }

    private readonly bool Take(int from, int end, List<(byte Byte, int At)> joined)
    {
        var goesOn = end > from && text[end - 1] == '\\';
        for (var i = from; i < (goesOn ? end - 1 : end); i++)
        {
            joined.Add((text[i], i));
        }

        return goesOn;
    }

    private static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r';
}
