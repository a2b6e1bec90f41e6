using Cleat.Text;

namespace Cleat.Tests.Formats;

public sealed class RelativePathTests
{
    [Theory]
    [InlineData("a/b", "c", "a/b/c")]
    [InlineData("a/b", "c/d.yaml", "a/b/c/d.yaml")]
    [InlineData("a/b", "./c", "a/b/c")]
    [InlineData("a/b", "../c", "a/c")]
    [InlineData("a/b", "../../c", "c")]
    [InlineData("a/b", "../../../c", "../c")]
    [InlineData("a/b", "c/../d", "a/b/d")]
    [InlineData("a/b", "c//d/", "a/b/c/d")]
    [InlineData("a/b", "..", "a")]
    [InlineData("a/b", ".", "a/b")]
    [InlineData("a/b", ".c", "a/b/.c")]
    [InlineData("a/.b", "../c", "a/c")]
    [InlineData("a/b", "..c", "a/b/..c")]
    [InlineData("..", "../c", "../../c")]
    [InlineData("../a", "../c", "../c")]
    [InlineData("", "c", "c")]
    [InlineData("/a/b", "../c", "/a/c")]
    [InlineData("/a", "../c", "/c")]
    [InlineData("/a/b", "../../c", "/c")]
    [InlineData("/a/b", "c.yml", "/a/b/c.yml")]
    [InlineData("/a/b", "../c.yml", "/a/c.yml")]
    [InlineData("/a/b", "./c//d/./e.yml/", "/a/b/c/d/e.yml")]
    [InlineData("/a/b", "../../../../a/b/c.yml", "/a/b/c.yml")]
    [InlineData("a", "../../c.yml", "../c.yml")]
    [InlineData("a/b", "", "a/b")]
    public void A_path_is_joined_to_its_folder(string folder, string path, string expected) => Assert.Equal(expected, RelativePath.Join(folder, path));
}
