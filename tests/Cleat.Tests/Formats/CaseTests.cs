using System.Globalization;
using System.Text;
using Cleat.Formats;
using Cleat.Tests.Formats.Dockerfile;
using Cleat.Text;
using Cleat.Uses;

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
        var golden = Path.Combine(CaseFiles.Root, folder, "expected.uses");
        var found = Lines(folder);
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
        var formats = CaseFiles.Formats(folder);
        foreach (var name in CaseFiles.Inputs(folder))
        {
            var beside = CaseFiles.Beside(folder, name);
            var bytes = File.ReadAllBytes(Path.Combine(CaseFiles.Root, folder, name));
            PinProperties.Check(name, bytes, beside, formats);

            // Latin-1: a character is a byte, whatever the encoding is
            var text = Encoding.Latin1.GetString(bytes);
            var lf = text.Replace("\r\n", "\n", StringComparison.Ordinal);
            PinProperties.Check(name, Encoding.Latin1.GetBytes(lf.Replace("\n", "\r\n", StringComparison.Ordinal)), beside, formats);
            PinProperties.Check(name, Encoding.Latin1.GetBytes(text.TrimEnd('\r', '\n')), beside, formats);
            if (!bytes.AsSpan().StartsWith("\uFEFF"u8))
            {
                PinProperties.Check(name, [0xEF, 0xBB, 0xBF, .. bytes], beside, formats);
            }
        }
    }

    /// <summary>What a glance turns away must hold nothing.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void The_glance_turns_nothing_away(string folder)
    {
        foreach (var name in CaseFiles.Inputs(folder))
        {
            var bytes = File.ReadAllBytes(Path.Combine(CaseFiles.Root, folder, name));
            var beside = CaseFiles.Beside(folder, name);
            var formats = CaseFiles.Formats(folder);
            if (FileReading.Read(new SourceText(name, bytes), formats: formats, beside: beside).Uses.Count > 0)
            {
                Assert.True(formats.Wants(beside.Path) && formats.Claiming(beside.Path!, bytes, beside).Count > 0, name);
            }
        }
    }

    /// <summary>Every format has cases of every verdict that text in it can get.</summary>
    [Fact]
    public void Every_format_has_cases_of_every_verdict()
    {
        // what a registry says of a tag has no variables in it
        string[] never = ["docker-hub-tag Dynamic"];
        Verdict[] verdicts = [Verdict.Pinned, Verdict.Unpinned, Verdict.Malformed, Verdict.Dynamic];
        var shown = CaseFiles.Folders().SelectMany(folder => CaseFiles.Inputs(folder).SelectMany(name =>
            FileReading.Read(new SourceText(name, File.ReadAllBytes(Path.Combine(CaseFiles.Root, folder, name))), formats: CaseFiles.Formats(folder), beside: CaseFiles.Beside(folder, name)).Uses))
            .Select(use => $"{use.Format} {use.Verdict}").Concat(never).ToHashSet();
        Assert.Equal([], FormatList.All.SelectMany(f => verdicts.Select(v => $"{f.Name} {v}")).Except(shown));
    }

    private static string Lines(string folder)
    {
        StringBuilder lines = new();
        var inputs = CaseFiles.Inputs(folder);
        foreach (var name in inputs)
        {
            lines.Append(inputs.Count > 1 ? $"# {name}\n" : "");
            SourceText source = new(name, File.ReadAllBytes(Path.Combine(CaseFiles.Root, folder, name)));
            Append(lines, source, FileReading.Read(source, formats: CaseFiles.Formats(folder), beside: CaseFiles.Beside(folder, name)));
        }

        return lines.ToString();
    }

    private static void Append(StringBuilder lines, SourceText source, UseSink sink)
    {
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
    }
}
