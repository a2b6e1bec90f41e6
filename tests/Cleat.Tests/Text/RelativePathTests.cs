using Cleat.Text;

namespace Cleat.Tests.Text;

public sealed class RelativePathTests
{
    [Theory]
    [InlineData("/a/b", "c.yml", "/a/b/c.yml")]
    [InlineData("/a/b", "../c.yml", "/a/c.yml")]
    [InlineData("/a/b", "./c//d/./e.yml/", "/a/b/c/d/e.yml")]
    [InlineData("/a/b", "../../../../a/b/c.yml", "/a/b/c.yml")]
    [InlineData("a", "../../c.yml", "../c.yml")]
    public void One_file_has_one_path(string folder, string path, string joined) => Assert.Equal(joined, RelativePath.Join(folder, path));
}
