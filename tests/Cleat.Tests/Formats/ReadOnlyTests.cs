using Cleat.Formats;
using Cleat.Text;

namespace Cleat.Tests.Formats;

/// <summary>What is only read says of every case the same as what is to be written: charts are rendered in part then, and no digest is tried.</summary>
public sealed class ReadOnlyTests
{
    public static TheoryData<string> Cases() => [.. CaseFiles.Folders()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_finds_and_judges_the_same(string folder)
    {
        foreach (var name in CaseFiles.Inputs(folder))
        {
            SourceText source = new(name, File.ReadAllBytes(Path.Combine(CaseFiles.Root, folder, name)));
            Assert.Equal(Uses(source, folder, name, sites: true), Uses(source, folder, name, sites: false));
        }
    }

    private static List<string> Uses(SourceText source, string folder, string name, bool sites) =>
        [.. FileReading.Read(source, named: true, CaseFiles.Formats(folder), CaseFiles.Beside(folder, name), sites: sites).Uses.Select(u => $"{u.Verdict} {u.Text} at {u.Path} ({u.Span}): {u.Problem}")];
}
