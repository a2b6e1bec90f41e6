using System.Globalization;
using System.Text;
using Cleat.Formats;
using Cleat.Text;

namespace Cleat.Tests.Formats;

/// <summary>Every case of every format: the uses found are the expected ones, and pinning keeps its promises.</summary>
public sealed class CaseTests
{
    public static TheoryData<string> Cases() => [.. CaseFiles.Folders()];

    /// <summary>Dockerfiles have goldens of their own, which show where a digest goes as well (DockerfileTests).</summary>
    public static TheoryData<string> Goldens() => [.. CaseFiles.Folders().Where(f => !f.StartsWith("Dockerfile/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Goldens))]
    public void The_uses_are_the_expected_ones(string folder)
    {
        var input = CaseFiles.Input(folder);
        SourceText source = new(Path.GetFileName(input), File.ReadAllBytes(input));
        var golden = Path.Combine(CaseFiles.Root, folder, "expected.uses");
        var found = Lines(source, FileReading.Read(source));
        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            File.WriteAllText(golden, found);
        }

        Assert.Equal(File.ReadAllText(golden), found);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Pinning_keeps_its_promises(string folder)
    {
        var input = CaseFiles.Input(folder);
        var name = Path.GetFileName(input);
        var bytes = File.ReadAllBytes(input);
        PinProperties.Check(name, bytes);

        // Latin-1: a character is a byte, whatever the encoding is
        var text = Encoding.Latin1.GetString(bytes);
        var lf = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        PinProperties.Check(name, Encoding.Latin1.GetBytes(lf.Replace("\n", "\r\n", StringComparison.Ordinal)));
        PinProperties.Check(name, Encoding.Latin1.GetBytes(text.TrimEnd('\r', '\n')));
        if (!bytes.AsSpan().StartsWith("\uFEFF"u8))
        {
            PinProperties.Check(name, [0xEF, 0xBB, 0xBF, .. bytes]);
        }
    }

    [Fact]
    public void There_are_cases() => Assert.NotEmpty(CaseFiles.Folders());

    private static string Lines(SourceText source, UseSink sink)
    {
        StringBuilder lines = new();
        foreach (var use in sink.Uses)
        {
            var at = source.Position(use.Span.Start);
            lines.Append(CultureInfo.InvariantCulture, $"{at.Line}:{at.Column} {use.Span.Length} {use.Verdict} {use.Path} {use.Text}");
            lines.Append(use.Reference is { } reference && reference.Original != use.Text ? $" -> {reference.Original}" : "");
            lines.Append(use.Problem is null ? "" : $" | {use.Problem}").Append('\n');
        }

        foreach (var problem in sink.Problems)
        {
            var at = source.Position(problem.Offset);
            lines.Append(CultureInfo.InvariantCulture, $"{at.Line}:{at.Column} problem {problem.Message}\n");
        }

        return lines.ToString();
    }
}
