using Cleat.Text;

namespace Cleat.Tests.Text;

public sealed class DurationTests
{
    [Theory]
    [InlineData(-5, "0 ms")]
    [InlineData(0.25, "250 ms")]
    [InlineData(1, "1 s")]
    [InlineData(1.5, "1.5 s")]
    [InlineData(119, "119 s")]
    [InlineData(120, "2 min")]
    [InlineData(150, "2.5 min")]
    [InlineData(7199, "120 min")]
    [InlineData(7200, "2 hours")]
    [InlineData(19_000, "5 hours")]
    [InlineData(86_400, "24 hours")]
    [InlineData(172_800, "2 days")]
    public void A_length_of_time_is_said_in_one_unit(double seconds, string words) => Assert.Equal(words, Duration.Words(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("10m", 600)]
    [InlineData("12h", 43_200)]
    [InlineData("3d", 259_200)]
    [InlineData("2w", 1_209_600)]
    [InlineData("0d", 0)]
    public void People_write_a_number_and_its_unit(string text, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Duration.Of(text));

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("d")]
    [InlineData("-3d")]
    [InlineData("3 d")]
    [InlineData("3s")]
    [InlineData("1.5h")]
    [InlineData("999999999d")]
    public void What_reads_otherwise_is_none(string text) => Assert.Null(Duration.Of(text));
}
