using System.Text;
using Cleat.Text;
using Cleat.Trees.Braces;
using Cleat.Trees;
using CsCheck;

namespace Cleat.Tests.Trees;

public sealed class BicepTests
{
    private static readonly string[] Fragments =
    [
        "param ", "var ", "resource ", "module ", "output ", "x", "y", " string", " = ", "=", ":", "{", "}", "[", "]", "(", ")", ",", "'", "'''", "'a'", "${", "}", "@", "@d('x')\n", "for ", "in ", "if ",
        "...", "b ? [", ": [", "union(", "concat([", "//", "/*", "*/", "#disable\n", "\n", "\n", "\r\n", " ", "\\", "?", ".", "1", "true", "'T/a@1'", " = {\n", "image: 'x'\n", "é", "\0", "[for i in j: {\n",
    ];

    [Theory]
    [InlineData("", "{}")]
    [InlineData("param a string = 'x'\nparam b int\nvar c = a\n", "{param: {a: 'x'}, var: {c: <${a}>}}")]
    [InlineData("@description('no')\n@allowed([\n 'x'\n 'y'\n])\nparam a string = 'x' // why\n", "{param: {a: 'x'}}")]
    [InlineData("var a = {\n b: 'x'\n 'c-d': [\n  'y'\n  'z:${t}'\n ]\n e: 1, f: true\n}\n", "{var: {a: {b: 'x', c-d: ['y', `z:${t}`], e: 1, f: true}}}")]
    [InlineData("resource a 'T/a@2024' = {\n b: 'x'\n}\n", "{resource: {a: {type: 'T/a', b: 'x'}}}")]
    [InlineData("resource a 'T/a@2024' existing = if (c == 'd') {\n b: 'x'\n}\n", "{resource: {a: {type: 'T/a', b: 'x'}}}")]
    [InlineData("resource a 'T/a@2024' = [for b in c: {\n d: b.e\n}]\nvar f = 1", "{resource: {a: {type: 'T/a', d: <${b.e}>}}, var: {f: 1}}")]
    [InlineData("module a './m.bicep' = {\n params: {\n  b: 'x'\n }\n}\n", "{module: {a: {type: './m.bicep', params: {b: 'x'}}}}")]
    [InlineData("var a = [for (b, i) in c: {\n d: b\n}]\n", "{var: {a: [{d: <${b}>}]}}")]
    [InlineData("var a = b\n ? 'x'\n : 'y'\nvar c = 1\n", "{var: {a: <${b\n ? 'x'\n : 'y'}>}, var: {c: 1}}")]
    [InlineData("var a = '''\nx ${no}\n'''\n", "{var: {a: '\nx ${no}\n'}}")]
    [InlineData("var a = 'it\\'s'\noutput b string = a\n", "{var: {a: 'it's'}}")]
    [InlineData("resource a 'T/a@1' = {\n resource b 'U@1' = {\n  c: 'x'\n }\n ...d\n}\n", "{resource: {a: {type: 'T/a', resource: {b: {type: 'U', c: 'x'}}, ...: <${d}>}}}")]
    [InlineData("var a = b ? [1] : [2]\nvar c = 3\n", "{var: {a: [1, 2]}, var: {c: 3}}")]
    [InlineData("var a = concat([1], b)\nvar c = concat('x', b)\n", "{var: {a: [1, <${b}>]}, var: {c: <${concat('x', b)}>}}")]
    [InlineData("var a = [\n  ...b\n  1\n]\n", "{var: {a: [<${b}>, 1]}}")]
    [InlineData("type t = {\n a: string\n}\nfunc f(x string) string => '${x}'\nvar a = f('y')", "{var: {a: <${f('y')}>}}")]
    public void Text_is_read_as_a_tree(string text, string expected)
    {
        var tree = Read(text, out var problem);
        Assert.Null(problem);
        Assert.Equal(expected.Replace("}, param: {", ", ", StringComparison.Ordinal), HclTests.Dump(tree, 0).Replace("}, param: {", ", ", StringComparison.Ordinal));
        Assert.Equal(HclTests.Dump(tree, 0), HclTests.Dump(Read("\uFEFF" + text.Replace("\n", "\r\n", StringComparison.Ordinal), out _), 0).Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("var a = 'x\n", 8, "a string is not closed")]
    [InlineData("var a = {\n b: 1\n", 8, "a bracket is not closed")]
    [InlineData("var a = '''x", 8, "a string is not closed")]
    [InlineData("resource a 'T@1' = x\n", 19, "a resource's '{' is missing")]
    [InlineData("var a = {\n b\n}\n", 11, "'b' stands where a property should")]
    [InlineData("}\n", 0, "'}' stands where a statement should")]
    public void What_is_wrong_is_said_with_its_place(string text, int offset, string message)
    {
        _ = Read(text, out var problem);
        Assert.Equal("not well-formed Bicep: " + message, problem?.Message);
        Assert.Equal(offset, problem?.Offset);
    }

    [Theory]
    [InlineData("var a = ", "[")]
    [InlineData("var a = ", "{b:")]
    [InlineData("var a = ", "'${")]
    [InlineData("var a = ", "b\n?")]
    [InlineData("", "var a = 1\n")]
    [InlineData("", "resource a 'b' = {\n")]
    [InlineData("", "resource a ")]
    [InlineData("var a = ", "[for x in ")]
    [InlineData("", "@d\n")]
    [InlineData("var a = b", "\n\n")]
    public void Hostile_text_is_read_without_harm(string head, string repeated)
    {
        HclTests.Check(Read(head + string.Concat(Enumerable.Repeat(repeated, 500_000 / repeated.Length)), out var problem), problem);
    }

    [Fact]
    public void Any_mixture_of_fragments_is_read_without_harm() => Gen.Int[0, Fragments.Length - 1].Array[0, 40].Try(
        picks => HclTests.Check(Read(string.Concat(picks.Select(i => Fragments[i])), out var problem), problem), iter: 20_000);

    private static Tree Read(string text, out ReadProblem? problem) => BicepTrees.Read(new("a.bicep", Encoding.UTF8.GetBytes(text)), out problem);
}
