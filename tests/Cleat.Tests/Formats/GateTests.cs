using System.Text;
using Cleat.Formats.Kubernetes;
using Cleat.Formats;
using Cleat.Text;

namespace Cleat.Tests.Formats;

/// <summary>What is told from a few words is told rightly: every place of every format has one of its format's words in it.</summary>
public sealed class GateTests
{
    [Fact]
    public void Every_custom_resource_has_a_word_of_the_gate()
    {
        var gates = FormatSet.BuiltIn.All.First(f => f.Name == "kubernetes").Look.Gates.Select(Encoding.UTF8.GetString).ToList();
        // patches and values may be text, in which the usual words stand, and an artifact has an image beside its arguments
        string[] texts = ["patch", "values", "valuesContent", "buildArgs"];
        Assert.All(CustomResources.All.SelectMany(p => p.Words).Where(words => !texts.Contains(Encoding.UTF8.GetString(words.Key))), words =>
            Assert.Contains(gates, gate => words.All.Append(words.Key).Any(w => Encoding.UTF8.GetString(w).Contains(gate, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("a.yaml", "services:\n  web:\n    image: nginx\n")]
    [InlineData("a.yaml", "apiVersion: v1\nkind: Pod\nspec: {containers: [{\"\\u0069mage\": nginx}]}\n")]
    [InlineData("Dockerfile", "FROM nginx\n")]
    [InlineData("a.json", "{\"apiVersion\": \"pkg.crossplane.io/v1\", \"kind\": \"Provider\", \"spec\": {\"package\": \"a/b:1\"}}")]
    public void A_file_with_a_word_is_claimed(string path, string text) => Assert.NotEmpty(FormatSet.BuiltIn.Claiming(path, Encoding.UTF8.GetBytes(text), Surroundings.None));

    [Theory]
    [InlineData("a.yaml", "apiVersion: v1\nkind: ConfigMap\ndata: {}\n")]
    [InlineData("a.json", "{\"name\": \"x\", \"version\": 1}")]
    [InlineData("compose.yaml", "volumes: {}\n")]
    public void A_file_without_is_not(string path, string text) => Assert.Empty(FormatSet.BuiltIn.Claiming(path, Encoding.UTF8.GetBytes(text), Surroundings.None));

    /// <summary>The look stops at one word of two that all wide formats wait for; a format of few files may wait for the other alone.</summary>
    [Fact]
    public void A_format_that_waits_for_one_of_two_common_words_is_found()
    {
        Format few = new("few", "Few", "app.conf") { Paths = new("second.name") };
        FormatSet set = new([few, new("wide", "Wide", "*.conf") { Paths = new("second", "first") }]);
        Assert.Contains(few, set.Claiming("app.conf", Encoding.UTF8.GetBytes($"first: a\npad: {new string('-', 64)}\nsecond: {{name: b}}\n"), Surroundings.None));
    }

    [Fact]
    public void More_words_than_a_sieve_holds_leave_formats_a_gate_of_their_own()
    {
        Format[] formats = [.. Enumerable.Range(0, 3).Select(f => new Format($"own{f}", "Own", "*.yaml")
        {
            Paths = new([.. Enumerable.Range(0, Sieve.MostWords - 10).Select(i => $"place{f}x{i}")]),
        })];
        FormatSet set = new(formats);
        Assert.All(formats, f => Assert.Equal([f], set.Claiming("a.yaml", Encoding.UTF8.GetBytes($"{f.Paths!.Paths[7]}: nginx\n"), Surroundings.None)));
    }
}
