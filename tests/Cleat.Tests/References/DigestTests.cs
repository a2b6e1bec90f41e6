using Cleat.References;

namespace Cleat.Tests.References;

public sealed class DigestTests
{
    [Fact]
    public void The_default_is_no_digest()
    {
        Digest none = default;
        Assert.False(none.IsValid);
        Assert.Equal(("", "", ""), (none.Algorithm, none.Hex, none.ToString()));
        Assert.NotEqual(none, Digest.Sha256([]));
        Assert.False(none.Matches([]));
        Assert.False(Digest.TryParse("", out var failed, out _));
        Assert.Equal(none, failed);
    }

    [Fact]
    public void Reads_the_three_registered_algorithms()
    {
        foreach (var text in new[] { Samples.Sha256, Samples.Sha384, Samples.Sha512 })
        {
            Assert.True(Digest.TryParse(text, out var digest, out var problem), problem);
            Assert.True(digest.IsValid);
            Assert.Equal(text, digest.ToString());
            Assert.NotEqual(default, digest);
            Assert.True(Digest.TryParse(text, out var again, out _));
            Assert.Equal(digest, again);
            Assert.Equal(digest.GetHashCode(), again.GetHashCode());
        }
    }

    // the empty string, FIPS 180-4 test values
    [Theory]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("sha384:38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b")]
    [InlineData("sha512:cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e")]
    public void Matches_the_content_it_was_made_of(string text)
    {
        Assert.True(Digest.TryParse(text, out var digest, out _));
        Assert.True(digest.Matches([]));
        Assert.False(digest.Matches([0]));
    }

    [Fact]
    public void Foreign_text_comes_into_a_message_short_and_without_control_characters()
    {
        Assert.False(Digest.TryParse("\u001b[31m" + new string('x', 100) + ":0", out _, out var problem));
        Assert.Contains("'U+001B[31m", problem, StringComparison.Ordinal);
        Assert.True(problem.Length < 120 && !problem.Any(char.IsControl));
        Assert.False(Digest.TryParse("sha256:\u0660", out _, out problem));
        Assert.Contains("U+0660", problem, StringComparison.Ordinal);
    }
}
