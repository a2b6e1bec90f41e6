using System.Text;
using Cleat.Text;
using CsCheck;

namespace Cleat.Tests.Text;

/// <summary>A sieve says what a search for each word by itself says.</summary>
public sealed class SieveTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("mage", 1)]
    [InlineData("xmag", 0)]
    [InlineData("---------------- an image", 1)]
    [InlineData("mage and \\u0069 and bundle", 1 | 2 | 4)]
    [InlineData("0123456789012345678901234567890123\\u", 2)]
    [InlineData("0123456789012345678901234567890bundle", 4)]
    public void Words_are_found_wherever_they_stand(string text, ulong found) =>
        Assert.Equal(found, new Sieve("mage"u8.ToArray(), "\\u"u8.ToArray(), "bundle"u8.ToArray()).In(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Any_words_are_found_in_any_text()
    {
        var text = Gen.Char["abc\\é"].Array[0, 80].Select(c => Encoding.UTF8.GetBytes(c));
        var word = Gen.Char["abc\\é"].Array[1, 6].Select(c => Encoding.UTF8.GetBytes(c));
        Gen.Select(word.Array[0, 24], text).Try(
            sample =>
            {
                var (words, bytes) = sample;
                var expected = 0UL;
                for (var i = 0; i < words.Length; i++)
                {
                    expected |= bytes.AsSpan().IndexOf(words[i]) >= 0 ? 1UL << i : 0;
                }

                Assert.Equal(expected, new Sieve(words).In(bytes));
            },
            iter: 20_000);
    }

    [Fact]
    public void More_words_than_bits_are_a_bug() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sieve([.. Enumerable.Range(0, Sieve.MostWords + 1).Select(i => Encoding.UTF8.GetBytes($"word{i}"))]));
}
