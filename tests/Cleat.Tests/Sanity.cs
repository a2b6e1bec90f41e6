namespace Cleat.Tests;

public sealed class Sanity
{
    [Fact]
    public void Reads() => Assert.True(Cleat.References.ImageReference.TryParse("nginx:1.27", out _, out _));
}
