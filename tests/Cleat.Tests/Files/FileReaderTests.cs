using Cleat.Files;

namespace Cleat.Tests.Files;

public sealed class FileReaderTests
{
    [Fact]
    public void Reads_exactly_the_bytes_and_stamps_the_state()
    {
        using TemporaryTree tree = new();
        var file = tree.Write("a", "one");
        var first = FileReader.Read(file);
        Assert.Equal("one"u8.ToArray(), first.Bytes);
        Assert.Equal(3, first.Stamp.Length);
        Assert.Equal(first.Stamp, FileReader.Read(file).Stamp);
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddSeconds(1.5));
        Assert.Equal(1_500_000_000, FileReader.Read(file).Stamp.Modified);
        Assert.True(FileReader.Read(tree.Write("empty", "")).Bytes.IsEmpty);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    public void What_is_not_wanted_is_not_handed_out_and_what_is_keeps_its_bytes(int length)
    {
        using TemporaryTree tree = new();
        var file = tree.Write("a", new string('a', length));
        var other = tree.Write("b", new string('b', length));
        var seen = -1;
        var unwanted = FileReader.Read(file, bytes =>
        {
            seen = bytes.Length;
            return false;
        });
        Assert.True(unwanted is { Succeeded: true, Wanted: false, Bytes.IsEmpty: true });
        Assert.Equal(length, seen);

        var wanted = FileReader.Read(file, _ => true);
        Assert.True(FileReader.Read(other, _ => true).Wanted);
        Assert.True(wanted.Wanted);
        Assert.Equal(length, wanted.Bytes.Length);
        Assert.Equal(wanted.Stamp, unwanted.Stamp);
        Assert.False(wanted.Bytes.Span.ContainsAnyExcept((byte)'a'));
    }

    [Fact]
    public void What_goes_wrong_is_data()
    {
        using TemporaryTree tree = new();
        tree.Run("mkfifo", "pipe");
        tree.Link("circle", "circle");
        Assert.Equal(ReadFailure.Vanished, FileReader.Read(tree.At("gone")).Failure);
        Assert.Equal(ReadFailure.Folder, FileReader.Read(tree.Root).Failure);
        Assert.Equal(ReadFailure.NotAFile, FileReader.Read(tree.At("pipe")).Failure);
        Assert.Equal(ReadFailure.NotAFile, FileReader.Read("/dev/zero").Failure);
        Assert.Equal(ReadFailure.Failed, FileReader.Read(tree.At("circle")).Failure);
        Assert.Equal(ReadFailure.TooLarge, FileReader.Read(tree.Write("large", "1234"), limit: 3).Failure);
        Assert.True(FileReader.Read(tree.At("large"), limit: 4).Succeeded);
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_denied()
    {
        using TemporaryTree tree = new();
        var file = tree.Write("a");
        tree.Run("chmod", "755", ".");
        tree.Run("chmod", "000", "a");
        OtherUser.Run(() => Assert.Equal(ReadFailure.Denied, FileReader.Read(file).Failure));
    }

    [Theory]
    [InlineData("longer than before")]
    [InlineData("same")]
    [InlineData("")]
    public void A_change_while_reading_is_seen_and_never_a_mixture(string text)
    {
        using TemporaryTree tree = new();
        var file = tree.Write("a", "text");
        var read = FileReader.Read(file, bytes =>
        {
            Assert.Equal("text"u8, bytes);
            File.WriteAllText(file, text);
            return true;
        });
        Assert.Equal((ReadFailure.Changed, 0), (read.Failure, read.Bytes.Length));
    }

    [Fact]
    public void A_file_that_stays_as_it_is_is_read()
    {
        using TemporaryTree tree = new();
        Assert.Equal("text"u8, FileReader.Read(tree.Write("a", "text"), _ => true).Bytes.Span);
    }
}
