using System.Text;
using Cleat.Text;
using Cleat.Trees;
using Cleat.Trees.Braces;

namespace Cleat.Tests.Trees;

/// <summary>Look-ups in maps of few and of many keys, some of which stand there several times.</summary>
public sealed class WideMapTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(200)]
    public void Every_value_of_a_key_is_found_in_order(int keys)
    {
        var text = string.Concat(Enumerable.Range(0, keys).Select(i => $"k{i} = \"{i}\"\n")) + "k1 = \"again\"\nk1 = \"and again\"\n";
        var tree = HclTrees.Read(new SourceText("x.tf", Encoding.UTF8.GetBytes(text)), out _);
        for (var time = 0; time < 2; time++)
        {
            Assert.Equal(["1", "again", "and again"], Values(tree, "k1"));
            Assert.Equal(["2"], Values(tree, "k2"));
            Assert.Empty(Values(tree, "none"));
            Assert.Equal("1", tree.Text(0, "k1"));
        }
    }

    private static List<string> Values(Tree tree, string key) => [.. tree.Children(0, key).Select(v => tree[v].Value)];
}
