using System.Text;
using Cleat.Trees.Yaml;

namespace Cleat.Tests.Trees;

public sealed class YamlDocumentsTests
{
    [Theory]
    [InlineData("- a\n", true)]
    [InlineData("\n  # why\n---\n- a\n", true)]
    [InlineData("--- # why\r\n- a\r\n", true)]
    [InlineData("# why\r- a\r", true)]
    [InlineData("%YAML 1.2\n--- [a]\n", true)]
    [InlineData("--- &x\n- a\n", true)]
    [InlineData("\uFEFF[1]", true)]
    [InlineData("!!seq\n- a\n", true)]
    [InlineData("a: 1\n", false)]
    [InlineData("---\na:\n- 1\n---\n- b\n", false)]
    [InlineData("{\"a\": []}", false)]
    [InlineData("# why\n", false)]
    [InlineData("", false)]
    public void The_start_of_a_text_shows_what_cannot_be_a_list(string text, bool may) => Assert.Equal(may, YamlDocuments.MayBeList(Encoding.UTF8.GetBytes(text)));
}
