namespace Cleat.Formats.Dockerfile;

/// <summary>
/// The pattern of <c>${X#p}</c>, <c>${X%p}</c> and <c>${X/p/r}</c> as BuildKit reads it (shell/lex.go): <c>*</c> any bytes, <c>?</c> one, <c>\</c> takes the next for itself.
/// </summary>
internal sealed class ShellPattern
{
    // one for each byte that is matched; null is any, and a star stands in front of it
    private readonly List<(byte? Byte, bool IsStar)> steps = [];

    public ShellPattern(ReadOnlySpan<Cell> written, bool reversed)
    {
        for (var i = 0; i < written.Length; i++)
        {
            var b = written[i].Byte;
            steps.Add(b == '*' ? (null, true) : b == '?' ? (null, false) : b == '\\' && i + 1 < written.Length ? (written[++i].Byte, false) : (b, false));
        }

        if (reversed)
        {
            steps.Reverse();
        }
    }

    public bool IsEmpty => steps.Count == 0;

    /// <summary>How long a match at a place is, -1 when there is none.</summary>
    /// <param name="longest">Of several the longest, not the shortest.</param>
    public int Length(ReadOnlySpan<byte> text, bool longest)
    {
        // where the steps so far may have ended
        var ends = new bool[text.Length + 1];
        ends[0] = true;
        foreach (var (wanted, isStar) in steps)
        {
            var next = new bool[text.Length + 1];
            var open = false;
            for (var i = 0; i <= text.Length; i++)
            {
                open |= ends[i];
                next[i] = isStar ? open : i > 0 && ends[i - 1] && (wanted is null || wanted == text[i - 1]);
            }

            ends = next;
        }

        return longest ? Array.LastIndexOf(ends, true) : Array.IndexOf(ends, true);
    }
}
