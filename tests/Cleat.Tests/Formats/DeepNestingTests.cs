using System.Text;
using Cleat.Formats;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Tests.Formats;

/// <summary>What nests deeper than any stack is read all the same: an overflow would end the whole run.</summary>
public sealed class DeepNestingTests
{
    private const int Levels = 50_000;

    [Fact]
    public void Defaults_in_defaults_are_followed_some_levels() =>
        Assert.Equal(Verdict.Dynamic, Only("/w/compose.yaml", $"services:\n  s:\n    image: nginx:{Repeated("${A:-")}1{Repeated("}")}\n").Verdict);

    [Fact]
    public void A_set_of_many_keys_is_left_out() =>
        Assert.Empty(Read("/w/main.tf", $"resource \"helm_release\" \"r\" {{\n  name = \"web\"\n  chart = \"web\"\n  set {{\n    name = \"{Repeated("a.")}image\"\n    value = \"nginx:1\"\n  }}\n}}\n"));

    private static string Repeated(string text) => string.Concat(Enumerable.Repeat(text, Levels));

    private static ImageUse Only(string path, string text) => Assert.Single(Read(path, text));

    private static List<ImageUse> Read(string path, string text) => FileReading.Read(new SourceText(path, Encoding.UTF8.GetBytes(text))).Uses;
}
