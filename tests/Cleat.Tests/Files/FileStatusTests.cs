using Cleat.Files;

namespace Cleat.Tests.Files;

public sealed class FileStatusTests
{
    // each leaves the name, and most of them the length too
    public static TheoryData<string> Changes => ["touch -d 2020-01-01 f", "printf y > f && touch -d @1 f", "cp f g && touch -r f g && mv g f", "chmod 600 f", "ln f g", "printf xx > f"];

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_file_that_somebody_else_changed_is_not_what_it_was(string change)
    {
        using TemporaryTree tree = new();
        tree.Run("sh", "-c", "printf x > f && chmod 644 f && touch -d @1000 f");
        var before = Status(tree);
        Assert.True(before.IsStill(Status(tree)));
        tree.Run("sh", "-c", change);
        Assert.False(before.IsStill(Status(tree)));
    }

    private static FileStatus Status(TemporaryTree tree)
    {
        Assert.True(NativeMethods.TryStatus(tree.At("f"), follow: false, out var status));
        return status;
    }
}
