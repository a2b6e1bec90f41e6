using System.Text;
using Cleat.Formats;
using Cleat.Growth.Inputs;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Tests.Formats;

/// <summary>The inputs of <c>bench/growth</c>: none is missing, and what they are made to hold is found in them.</summary>
public sealed class GrowthInputTests
{
    private const int Few = 5;

    private static FormatSet Formats { get; } = new(FormatList.All);

    public static TheoryData<string> Names() => [.. GrowthInputs.All.Select(i => i.Name)];

    [Fact]
    public void Every_format_has_an_input() => Assert.Equal([], FormatList.All.Select(f => f.Name).Distinct().Except(GrowthInputs.All.Select(i => i.Format)));

    [Fact]
    public void Every_input_is_called_after_a_format() => Assert.Equal([], GrowthInputs.All.Select(i => i.Format).Distinct().Except(FormatList.All.Select(f => f.Name)));

    [Fact]
    public void No_two_inputs_have_the_same_name() => Assert.Equal(GrowthInputs.All.Count, GrowthInputs.All.Select(i => i.Name).Distinct().Count());

    [Theory]
    [MemberData(nameof(Names))]
    public void An_input_holds_the_references_that_it_is_made_of(string name)
    {
        var input = GrowthInputs.All.Single(i => i.Name == name);
        var files = input.Files(Few).ToDictionary(f => "/w/" + f.Path, f => string.Concat(f.Text));
        List<ImageUse> uses = [.. files.SelectMany(f => FileReading.Read(new SourceText(f.Key, Encoding.UTF8.GetBytes(f.Value)), formats: Formats, beside: new FilesInMemory(files, f.Key)).Uses)];
        var found = uses.Count(u => u.Format == input.Format && u.Verdict is Verdict.Unpinned or Verdict.Pinned);
        Assert.True(found >= input.References(Few), $"{found} of {input.References(Few)}: {string.Join(", ", uses.Select(u => $"{u.Format} {u.Verdict} {u.Text}"))}");
    }
}
