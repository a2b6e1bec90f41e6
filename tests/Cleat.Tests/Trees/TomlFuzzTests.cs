using System.Text;
using Cleat.Formats;
using Cleat.Tests.Formats;
using Cleat.Text;
using Cleat.Trees.Toml;
using CsCheck;

namespace Cleat.Tests.Trees;

/// <summary>Random and hostile TOML does no harm.</summary>
public sealed class TomlFuzzTests
{
    private static readonly string[] Fragments =
    [
        "[build]\nimage = \"nginx:1\"\n", "[build]", "[[build]]\n", "image = 'x:1'\n", "a.b = 1\n", "\"a", "\"a\" = ", "'", "\"\"\"", "[", "]", "[[", "]]", "{", "}", ", ", "=", ".", "# c\n", "\n", "\r\n", "\r",
        "x = [1, 2]\n", "y = {image = \"z:1\"}\n", "true", "1979-05-27", "\\u00", "\0", "é", "\uFEFF", "build = ", "build.image", "image",
    ];

    [Theory]
    [InlineData("\"a")]
    [InlineData("\"a[build]\nimage=\"x:1\"\n")]
    [InlineData("a = ")]
    [InlineData("]]\n[build]\nimage = 'x:1'\n")]
    [InlineData("}")]
    public void What_is_not_well_formed_is_a_problem(string text)
    {
        var trees = TomlTrees.Read(new("fly.toml", Encoding.UTF8.GetBytes(text)), out var problem);
        Assert.NotNull(problem);
        Assert.InRange(problem.Offset, 0, Encoding.UTF8.GetByteCount(text));
        Assert.InRange(trees.Count, 0, 1);
    }

    [Fact]
    public void Too_many_brackets_are_a_problem()
    {
        foreach (var depth in (int[])[64, 65, 1_000, 100_000])
        {
            Assert.NotEmpty(FileReading.Read(new SourceText("fly.toml", Encoding.UTF8.GetBytes("[build]\nimage = \"x:1\"\nx = " + new string('[', depth)))).Problems);
        }
    }

    [Fact]
    public void Any_mixture_of_fragments_is_read_without_harm() =>
        Images.Mixture(Fragments, 12, "").Try(bytes => PinProperties.Check("fly.toml", bytes), iter: 3000, Encoding.UTF8.GetString);

    [Fact]
    public void Damaged_cases_are_read_without_harm() =>
        Images.Damaged(".toml").Try(f => PinProperties.Check(f.Name, f.Bytes), iter: 500, f => f.Name + "\n" + Encoding.UTF8.GetString(f.Bytes));
}
