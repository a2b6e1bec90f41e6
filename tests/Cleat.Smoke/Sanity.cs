namespace Cleat.Tests;

public sealed class Sanity
{
    [Fact]
    public void Reads() => Assert.True(DateTime.MinValue.Year == 1);
}
