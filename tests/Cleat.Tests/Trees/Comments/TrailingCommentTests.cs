using System.Text;
using Cleat.Text;
using Cleat.Trees.Comments;

namespace Cleat.Tests.Trees.Comments;

public sealed class TrailingCommentTests
{
    [Theory]
    [InlineData("image: nginx:1", "")]
    [InlineData("- nginx:1  \n", "")]
    [InlineData("image: \"nginx:1\" # kept\n", "kept")]
    [InlineData("image: nginx:1 #\r\n", "")]
    public void Behind_a_value_a_comment_may_stand(string text, string comment) => Assert.Equal(comment, Behind(text)?.Text);

    [Theory]
    [InlineData("image: |\n  nginx:1\n")]
    [InlineData("image: >-\n\tnginx:1 # text\n")]
    [InlineData("[nginx:1, b]\n")]
    public void Where_it_would_be_text_there_is_no_place_for_one(string text) => Assert.Null(Behind(text));

    private static TrailingComment? Behind(string text) =>
        TrailingComment.Behind(new SourceText("a.yaml", Encoding.UTF8.GetBytes(text)), new(text.IndexOf("nginx:1", StringComparison.Ordinal), "nginx:1".Length));
}
