using System.Text;
using Cleat.Text;
using CsCheck;

namespace Cleat.Tests.Text;

public sealed class LineIndexTests
{
    // for each offset, the end of the file included, its line:column
    [Theory]
    [InlineData("", "1:1")]
    [InlineData("ab", "1:1 1:2 1:3")]
    [InlineData("a\n", "1:1 1:2 2:1")]
    [InlineData("a\nb", "1:1 1:2 2:1 2:2")]
    [InlineData("a\r\nb", "1:1 1:2 1:3 2:1 2:2")]
    [InlineData("a\rb", "1:1 1:2 2:1 2:2")]
    [InlineData("\r\r\n\n", "1:1 2:1 2:2 3:1 4:1")]
    [InlineData("\n\r", "1:1 2:1 3:1")]
    [InlineData("é\n", "1:1 1:2 1:3 2:1")]
    [InlineData("\uFEFFa", "1:1 1:2 1:3 1:4 1:5")]
    [InlineData("\u0085\u2028", "1:1 1:2 1:3 1:4 1:5 1:6")]
    public void Every_offset_has_its_line_and_column(string text, string positions)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        LineIndex lines = new(bytes);
        var all = Enumerable.Range(0, bytes.Length + 1).Select(lines.Position).ToArray();
        Assert.Equal(positions, string.Join(' ', all.Select(p => $"{p.Line}:{p.Column}")));
        Assert.Equal(all[^1].Line, lines.Count);
        LineCursor cursor = new(bytes);
        for (var offset = 0; offset <= bytes.Length; offset++)
        {
            Assert.Equal(all[offset], cursor.Position(offset, out var start));
            Assert.Equal(lines.Start(all[offset].Line), start);
            Assert.Equal(all[offset], new LineCursor(bytes).Position(offset, out _));
        }

        Assert.All(Enumerable.Range(1, lines.Count), line => Assert.Equal(new LinePosition(line, 1), lines.Position(lines.Start(line))));
    }

    [Fact]
    public void Behind_the_end_is_the_end_and_before_the_start_is_a_bug()
    {
        LineIndex lines = new("a\nb"u8);
        Assert.Equal(new LinePosition(2, 2), lines.Position(9));
        Assert.Throws<ArgumentOutOfRangeException>(() => lines.Position(-1));
    }

    [Fact]
    public void Line_and_column_lead_back_to_the_offset() =>
        Gen.OneOf((byte)'a', (byte)'\n', (byte)'\r').Array[0, 30].Try(
            bytes =>
            {
                LineIndex lines = new(bytes);
                return Enumerable.Range(0, bytes.Length + 1).All(o => lines.Position(o) is var p && lines.Start(p.Line) + p.Column - 1 == o);
            },
            iter: 10_000);
}
