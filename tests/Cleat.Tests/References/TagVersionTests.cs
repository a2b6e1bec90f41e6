using Cleat.References;

namespace Cleat.Tests.References;

/// <summary>Which tag is newer than which, by a table of histories: releases, calendars, suffixes, four numbers, prefixes, dates, hashes.</summary>
public sealed class TagVersionTests
{
    private static readonly string[] Rows = [.. File.ReadLines(Path.Combine(SourceTree.Root, "tests/Cleat.Tests/References/tag-histories.txt")).Where(l => l.Length > 0 && l[0] != '#')];

    public static TheoryData<string, string, string, string> Histories() =>
        new(Rows.Select(row => row.Split("  ")).Select(parts => new TheoryDataRow<string, string, string, string>(parts[0], parts[1], parts[2], parts[3])));

    [Fact]
    public void There_are_two_hundred_histories() => Assert.InRange(Rows.Length, 200, int.MaxValue);

    [Theory]
    [MemberData(nameof(Histories))]
    public void The_newest_of_the_same_shape_is_chosen(string tag, string reach, string expected, string tags)
    {
        var newer = TagVersion.Of(tag)?.Newer(tags.Split(' '), Enum.Parse<VersionReach>(reach, ignoreCase: true)) ?? [];
        Assert.Equal(expected, newer.Count == 0 ? "-" : newer[0]);
    }

    [Fact]
    public void What_is_newer_comes_in_order() =>
        Assert.Equal(["1.30.0", "1.28.10", "1.28.9", "1.28.1"], TagVersion.Of("1.28.0")!.Newer(["1.28.9", "1.28.10", "1.30.0", "1.27.99", "1.28.1", "2.0.0", "1.28.0", "1.31.0-rc1"], VersionReach.Minor));

    [Fact]
    public void Numbers_of_any_length_are_no_accident() => Assert.Null(TagVersion.Of(new string('9', 128)));
}
