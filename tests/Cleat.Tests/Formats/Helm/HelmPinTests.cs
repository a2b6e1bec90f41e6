using System.Globalization;
using System.Text;
using Cleat.Formats;
using Cleat.Rewriting;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Tests.Formats.Helm;

/// <summary>What pinning writes into the values of each case, line by line, and why it writes nothing where it does not: <c>expected.pins</c>.</summary>
public sealed class HelmPinTests
{
    public static TheoryData<string> Cases() => [.. CaseFiles.Folders().Where(f => f.StartsWith("Helm/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_pins_are_the_expected_ones(string folder)
    {
        var golden = Path.Combine(CaseFiles.Root, folder, "expected.pins");
        StringBuilder lines = new();
        foreach (var name in CaseFiles.Inputs(folder))
        {
            Append(lines, new SourceText(name, File.ReadAllBytes(Path.Combine(CaseFiles.Root, folder, name))), CaseFiles.Beside(folder, name));
        }

        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            File.WriteAllText(golden, lines.ToString());
        }

        Assert.Equal(File.ReadAllText(golden), lines.ToString());
    }

    private static void Append(StringBuilder lines, SourceText source, Surroundings beside)
    {
        var uses = FileReading.Read(source, beside: beside).Uses.Where(u => u.Verdict == Verdict.Unpinned).ToList();
        List<Edit> edits = [];
        foreach (var use in uses)
        {
            if (Pinner.Pin(source, use, PinProperties.Fixed, PinStyle.TagDigest, out var why) is { } change)
            {
                edits.AddRange(change.Edits);
            }
            else
            {
                lines.Append(CultureInfo.InvariantCulture, $"{source.Path}:{source.Position(use.Span.Start).Line} {use.Path}: {why}\n");
            }
        }

        var before = Encoding.UTF8.GetString(source.Span).Split('\n');
        var after = Encoding.UTF8.GetString(source.Apply(edits).Span).Split('\n');
        var digest = PinProperties.Fixed.ToString();
        for (int line = 0, was = 0; line < after.Length; line++, was++)
        {
            var isNew = was >= before.Length || (after[line] != before[was] && line + 1 < after.Length && after[line + 1] == before[was]);
            if (isNew || after[line] != before[was])
            {
                was -= isNew ? 1 : 0;
                lines.Append(CultureInfo.InvariantCulture, $"{source.Path}:{line + 1} {(isNew ? "+" : "~")} {after[line].Replace(digest, "D", StringComparison.Ordinal).Replace(digest[7..], "HEX", StringComparison.Ordinal)}\n");
            }
        }
    }
}
