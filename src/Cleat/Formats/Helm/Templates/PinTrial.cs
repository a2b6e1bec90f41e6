using System.Buffers;
using System.Globalization;

namespace Cleat.Formats.Helm.Templates;

/// <summary>
/// Compares what a chart renders without and with digests in its values. A line may change only where an image is: into the same name and tag with the digest
/// that was tried for that image.
/// </summary>
/// <param name="images">By their number in the digests.</param>
/// <param name="changed">For the nodes of the values that were changed the image for which.</param>
internal sealed class PinTrial(IReadOnlyList<ChartImage> images, IReadOnlyDictionary<int, int> changed)
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>For an image the first harm that its digest does.</summary>
    public Dictionary<int, string> Harm { get; } = [];

    /// <summary>The places in which an image's digest is.</summary>
    public HashSet<(int Image, Rendered File, Branch? Branch, int Line)> Pinned { get; } = [];

    /// <summary>Files in which something changed that no digest explains.</summary>
    public List<(Rendered Before, string What)> Unexplained { get; } = [];

    public void Compare(Rendered before, Rendered after)
    {
        foreach (var (spot, message) in after.Failures)
        {
            if (!before.Failures.ContainsKey(spot))
            {
                Unexplained.Add((before, $"makes {Position(spot.File!, spot.At)} fail: {message}"));
            }
        }

        Compare(before, null, before.Main, after.Main);
        foreach (var (key, branch) in before.Aside)
        {
            // one that is taken now, or stands in such a one, is compared there
            if (after.Aside.TryGetValue(key, out var other) && other.Depth == branch.Depth)
            {
                Compare(before, branch, branch.Output, other.Output);
            }
        }
    }

    private void Compare(Rendered file, Branch? branch, Output before, Output after)
    {
        foreach (var piece in after.Pieces)
        {
            if (piece.IsOpaque)
            {
                Unknown(piece, file);
            }
        }

        if (before.Text == after.Text)
        {
            return;
        }

        var (old, now) = (before.Text.Split('\n'), after.Text.Split('\n'));
        if (old.Length != now.Length)
        {
            var first = Enumerable.Range(0, int.Min(old.Length, now.Length)).FirstOrDefault(i => old[i] != now[i], int.Min(old.Length, now.Length) - 1);
            Unexplained.Add((file, Change(file, after, now, first)));
            return;
        }

        for (var line = 0; line < old.Length; line++)
        {
            if (old[line] != now[line])
            {
                Line(file, branch, line, old, now, after);
            }
        }
    }

    // what is not evaluated reads a digest: nobody knows what becomes of it
    private void Unknown(Piece piece, Rendered file)
    {
        foreach (var node in piece.From)
        {
            if (changed.TryGetValue(node, out var image))
            {
                Harm.TryAdd(image, $"is read by {piece.Text}, which is not evaluated, at {(piece.Spot.File is { } of ? Position(of, piece.Spot.At) : file.File.Name)}");
            }
        }
    }

    private void Line(Rendered file, Branch? branch, int line, string[] before, string[] after, Output output)
    {
        var (old, now) = (before[line], after[line]);
        var plain = now;
        List<int> found = [];
        var isRight = true;
        for (var at = 0; (at = now.IndexOf(ChartImage.Mark, at, StringComparison.Ordinal)) >= 0; at += ChartImage.Mark.Length)
        {
            var (start, end) = (at, int.Min(now.Length, at + 64));
            while (start > 0 && (char.IsAsciiLetterOrDigit(now[start - 1]) || now[start - 1] is '.' or '_' or '/' or ':' or '@' or '-'))
            {
                start--;
            }

            if (!int.TryParse(now.AsSpan(at + ChartImage.Mark.Length, int.Max(0, end - at - ChartImage.Mark.Length)), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var index) || index >= images.Count)
            {
                isRight = false;
                continue;
            }

            found.Add(index);
            var token = now[start..end];
            var image = images[index];
            var (name, tag, _) = image.Parts;
            var behind = end < now.Length && now[end] is not ('"' or '\'' or ' ' or ',' or '\r' or ';' or ')');
            var suffix = "@sha256:" + now[at..end];
            isRight &= !behind && token.EndsWith(suffix, StringComparison.Ordinal);
            var bare = token.EndsWith(suffix, StringComparison.Ordinal) ? token[..^suffix.Length] : token;
            // an argument: --image=name, -image:name
            var dashes = bare.StartsWith('-') ? bare.IndexOf(name, StringComparison.Ordinal) : 0;
            bare = dashes > 0 ? bare[dashes..] : bare;
            var isName = bare == name || bare == image.Reference || bare == $"{name}:{tag ?? "latest"}";
            // a branch that is not taken may put it together otherwise
            isRight &= isName || (branch is not null && (before.Length == 1 || bare.Contains('/', StringComparison.Ordinal)) && old.Contains(bare, StringComparison.Ordinal));
            plain = plain.Replace(bare + suffix, isName ? image.Reference : old.Contains($"{bare}:{tag}", StringComparison.Ordinal) ? $"{bare}:{tag}" : bare, StringComparison.Ordinal);
        }

        if (isRight && found.Count > 0 && (plain == old || plain == old.Replace(":latest", "", StringComparison.Ordinal)))
        {
            foreach (var index in found)
            {
                Pinned.Add((index, file, branch, line));
            }
        }
        else if (found.Count > 0)
        {
            foreach (var index in found)
            {
                Harm.TryAdd(index, Change(file, output, after, line));
            }
        }
        else if (!IsChecksum(old, now))
        {
            Unexplained.Add((file, Change(file, output, after, line)));
        }
    }

    // a checksum of what is rendered changes with it, and is a checksum still
    private static bool IsChecksum(string old, string now)
    {
        static bool IsHex(ReadOnlySpan<char> text) => text.Length is 32 or 40 or 64 && text.IndexOfAnyExcept(HexDigits) < 0;
        var a = old.AsSpan(old.LastIndexOf(' ') + 1).Trim("\"'");
        var b = now.AsSpan(now.LastIndexOf(' ') + 1).Trim("\"'");
        return IsHex(a) && IsHex(b) && a.Length == b.Length;
    }

    private static string Change(Rendered file, Output output, string[] lines, int line)
    {
        var offset = lines.Take(line).Sum(l => l.Length + 1);
        var end = offset + (line < lines.Length ? lines[line].Length : 0);
        Piece? last = null;
        var at = 0;
        foreach (var piece in output.Pieces)
        {
            if (at < end && at + piece.Text.Length > offset && piece.Spot.File is not null && (!piece.From.IsEmpty || piece.Text.Contains(ChartImage.Mark, StringComparison.Ordinal) || last is null))
            {
                last = piece;
            }

            at += piece.Text.Length;
        }

        return "changes what is rendered at " + (last is { Spot: { File: { } of } spot } ? Position(of, spot.At) : file.File.Name);
    }

    private static string Position(TemplateFile file, int at) => $"{file.Name}:{file.Source.Position(at).Line.ToString(CultureInfo.InvariantCulture)}";
}
