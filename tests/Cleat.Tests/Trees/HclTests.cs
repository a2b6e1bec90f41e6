using System.Text;
using Cleat.Text;
using Cleat.Trees.Braces;
using Cleat.Trees;
using CsCheck;

namespace Cleat.Tests.Trees;

public sealed class HclTests
{
    private static readonly string[] Fragments =
    [
        "a", "b", "for", "dynamic", "content", "image", " = ", "=", ":", "=>", "{", "}", "[", "]", "(", ")", ",", "\"", "\"x\"", "\"y:1\"", "${", "%{", "$${", "}", "~",
        "jsonencode(", "flatten(", "b ? [", "b ? {", ": [", ": {", "(b", "]...", "for v in w : ", "concat(", "merge(", "yamldecode(", "<<EOF\n", "<<-EOF\n", "EOF\n", "EOF", "#", "//", "/*", "*/", "\n", "\n", "\r\n", " ", "\\", "\\\"", "\\u00e9",
        "?", "if ", "in ", "var.x", "1.5", "true", "null", "...", ".", "[0]", "\0", "é", "\uFEFF", "a {\n", "a \"b\" {\n", "}\n", "a = \"x\"\n", "dynamic \"c\" {\n content {\n",
    ];

    [Theory]
    [InlineData("", "{}")]
    [InlineData("a = 1", "{a: 1}")]
    [InlineData("a = \"x\" # why\n// b\nb = \"y\" /* c\nd */\n", "{a: 'x', b: 'y'}")]
    [InlineData("a {}\nb \"c\" d { e = true }\n", "{a: {}, b: {c: {d: {e: true}}}}")]
    [InlineData("a { x = 1 }\na { x = 2 }\n", "{a: {x: 1}, a: {x: 2}}")]
    [InlineData("a = [\"x\", # one\n \"y\",\n]\n", "{a: ['x', 'y']}")]
    [InlineData("a = { b = \"x\", \"c\" : \"y\"\n d = null }\n", "{a: {b: 'x', c: 'y', d: null}}")]
    [InlineData("a = { (var.k) = \"x\", e.f = 1 }", "{a: {(var.k): 'x', e.f: 1}}")]
    [InlineData("a = jsonencode([{ image = \"x\" }])", "{a: [{image: 'x'}]}")]
    [InlineData("a = concat([\"x\"], var.y, [\"z\"])", "{a: ['x', <${var.y}>, 'z']}")]
    [InlineData("a = merge(local.m, { b = 1 }, { c = 2 })", "{a: {...: <${local.m}>, b: 1, c: 2}}")]
    [InlineData("a = merge(\n { b = 1 },\n local.m[0]\n)\nc = 2\n", "{a: {b: 1, ...: <${local.m[0]}>}, c: 2}")]
    [InlineData("a = merge([for k in c : { b = k }]...)", "{a: {b: <${k}>}}")]
    [InlineData("a = b ? [1] : [2]\nc = 3\n", "{a: [1, 2], c: 3}")]
    [InlineData("a = b ? { c = 1 } : d ? { c = 2 } : {}\n", "{a: {c: 1, c: 2}}")]
    [InlineData("a = b ? [1] : local.c\n", "{a: [1, <${local.c}>]}")]
    [InlineData("a = (b ? [1] : [2])\n", "{a: [1, 2]}")]
    [InlineData("a = concat([1], b ? [2] : [], [3])\n", "{a: [1, 2, 3]}")]
    [InlineData("a = b ? jsonencode([1]) : jsonencode([2])\n", "{a: [1, 2]}")]
    [InlineData("a = flatten([[1, 2], [for x in y : [x]], z])\n", "{a: [1, 2, <${x}>, <${z}>]}")]
    [InlineData("a = b ? c[\"x\"] : d[0]\n", "{a: <${b ? c[\"x\"] : d[0]}>}")]
    [InlineData("a = slice([1, 2], 0, 1)\n", "{a: <${slice([1, 2], 0, 1)}>}")]
    [InlineData("a = [for c in var.cs : { image = c.image, n = 1 } if c.on]", "{a: [{image: <${c.image}>, n: 1}]}")]
    [InlineData("a = { for k, v in var.cs : k => \"x\" if k != \"y\" }", "{a: {<${k}>: 'x'}}")]
    [InlineData("a = { for = 1 }", "{a: {for: 1}}")]
    [InlineData("a = \"x:${var.t}\"", "{a: `x:${var.t}`}")]
    [InlineData("a = \"x:${lookup(var.t, \"b}\\\"\")}\"\nc = 1", "{a: `x:${lookup(var.t, \"b}\\\"\")}`, c: 1}")]
    [InlineData("a = \"x\\n\\\"\\u00e9$${b}\"", "{a: 'x\n\"é${b}'}")]
    [InlineData("a = <<EOF\n  x\n EOF b\n  EOF\nb = 1", "{a: '  x\n EOF b\n', b: 1}")]
    [InlineData("a = <<-EOF\n  ${var.x}\n  EOF\n", "{a: `  ${var.x}\n`}")]
    [InlineData("a = yamldecode(<<EOF\nb: c\nEOF\n)\nd = 1\n", "{a: 'b: c\n', d: 1}")]
    [InlineData("a = var.b ? \"x\" : \"y\"\nc = -1", "{a: <${var.b ? \"x\" : \"y\"}>, c: <${-1}>}")]
    [InlineData("a = [\n var.b\n ? \"x\"\n : \"y\"\n]", "{a: [<${var.b\n ? \"x\"\n : \"y\"}>]}")]
    [InlineData("a = (\n \"x\"\n)\n", "{a: <${(\n \"x\"\n)}>}")]
    [InlineData("a = { b = \"x\" }[var.e]\nc = 1", "{a: <${{ b = \"x\" }[var.e]}>, c: 1}")]
    [InlineData("a = \"x\" == \"y\"\n", "{a: <${\"x\" == \"y\"}>}")]
    [InlineData("dynamic \"container\" {\n for_each = var.cs\n content {\n image = \"x\"\n }\n}\n", "{container: {for_each: <${var.cs}>, image: 'x'}}")]
    [InlineData("a = provider::x::f(1)\n", "{a: <${provider::x::f(1)}>}")]
    public void Text_is_read_as_a_tree(string text, string expected)
    {
        var tree = Read(text, out var problem);
        Assert.Null(problem);
        Assert.Equal(expected, Dump(tree, 0));
        Assert.Equal(expected, Dump(Read(text.Replace("\n", "\r\n", StringComparison.Ordinal), out _), 0).Replace("\r\n", "\n", StringComparison.Ordinal));
        Assert.Equal(expected, Dump(Read("\uFEFF" + text, out _), 0));
    }

    [Theory]
    [InlineData("a = \"x\nb = 1", 4, "a string is not closed")]
    [InlineData("a {\n b = 1\n", 11, "a block is not closed")]
    [InlineData("a = [1, 2", 9, "a bracket is not closed")]
    [InlineData("a = jsonencode([1]", 4, "a bracket is not closed")]
    [InlineData("a = f(1", 5, "a bracket is not closed")]
    [InlineData("a = f(1]", 7, "']' closes no bracket")]
    [InlineData("a = jsonencode(1]", 16, "']' closes no bracket")]
    [InlineData("a = <<EOF\nx\n", 4, "a heredoc is not closed")]
    [InlineData("a = \"${x\"\n", 6, "a string is not closed", 8)]
    [InlineData("/* x", 0, "a comment is not closed")]
    [InlineData("a = \n", 4, "a value is missing")]
    [InlineData("a = 1, b = 2", 5, "',' stands behind the value")]
    [InlineData("a\n", 1, "a block's '{' is missing")]
    [InlineData("}\n", 0, "'}' stands where a name should")]
    [InlineData("a = { b }", 8, "an object's key has no value")]
    [InlineData("a = [for x in y]", 15, "a for has no ':'")]
    public void What_is_wrong_is_said_with_its_place(string text, int offset, string message, int other = -1)
    {
        _ = Read(text, out var problem);
        Assert.Equal("not well-formed HCL: " + message, problem?.Message);
        Assert.Equal(other < 0 ? offset : other, problem?.Offset);
    }

    [Fact]
    public void Literals_stand_where_their_span_says()
    {
        const string Text = "a \"l\" {\n  b = [\"é\", \"nginx:1\"] # c\n  c = <<EOF\nnginx:2\nEOF\n  d = var.x /* c */\n}\n";
        var tree = Read(Text, out _);
        var slices = Enumerable.Range(0, tree.Count).Where(i => tree[i].Kind == NodeKind.Scalar).Select(i => tree.Source.Slice(tree[i].Span));
        Assert.Equal(["a", "l", "b", "é", "nginx:1", "c", "nginx:2\n", "d", "var.x"], slices);
    }

    [Theory]
    [InlineData("a = ", "[")]
    [InlineData("a = ", "{b=")]
    [InlineData("a = ", "(")]
    [InlineData("a = ", "\"${")]
    [InlineData("a = ", "jsonencode(")]
    [InlineData("a = ", "concat([")]
    [InlineData("", "a {\n")]
    [InlineData("", "a \"b\" {\n")]
    [InlineData("", "a ")]
    [InlineData("a = ", "[for x in ")]
    [InlineData("a = ", "<<E\n")]
    [InlineData("", "dynamic \"c\" { content {\n")]
    [InlineData("a = ", "\"x\" ")]
    [InlineData("", "a = 1\n")]
    [InlineData("", "/**/")]
    public void Hostile_text_is_read_without_harm(string head, string repeated)
    {
        Check(head + string.Concat(Enumerable.Repeat(repeated, 500_000 / repeated.Length)));
    }

    [Fact]
    public void Any_mixture_of_fragments_is_read_without_harm() =>
        Gen.Int[0, Fragments.Length - 1].Array[0, 40].Try(picks => Check(string.Concat(picks.Select(i => Fragments[i]))), iter: 20_000);

    [Fact]
    public void What_is_cut_off_is_read_without_harm()
    {
        const string Text = "a \"b\" {\n c = jsonencode([{ i = \"x:${var.y[\"z\"]}\", j = <<EOF\n x\nEOF\n }])\n dynamic \"d\" {\n  content {\n e = [for f in g : f => 1]\n }\n }\n}\n";
        for (var end = 0; end <= Text.Length; end++)
        {
            Check(Text[..end]);
        }
    }

    private static void Check(string text) => Check(Read(text, out var problem), problem);

    internal static void Check(Tree tree, ReadProblem? problem)
    {
        Assert.InRange(problem?.Offset ?? 0, 0, tree.Source.Bytes.Length);
        for (var i = 0; i < tree.Count; i++)
        {
            Assert.InRange(tree[i].Span.Start, 0, tree.Source.Bytes.Length);
            Assert.InRange(tree[i].Span.End, tree[i].Span.Start, tree.Source.Bytes.Length);
            if (tree[i].Kind == NodeKind.Map)
            {
                for (var key = tree[i].First; key >= 0; key = tree[tree[key].Next].Next)
                {
                    Assert.Equal(NodeKind.Scalar, tree[key].Kind);
                    Assert.NotEqual(-1, tree[key].Next);
                }
            }
        }
    }

    private static Tree Read(string text, out ReadProblem? problem) => HclTrees.Read(new("a.tf", Encoding.UTF8.GetBytes(text)), out problem);

    internal static string Dump(Tree tree, int node)
    {
        List<string> parts = [];
        switch (tree[node].Kind)
        {
            case NodeKind.Map:
                for (var key = tree[node].First; key >= 0; key = tree[tree[key].Next].Next)
                {
                    parts.Add((tree[key].Tag is null ? tree[key].Value : Dump(tree, key)) + ": " + Dump(tree, tree[key].Next));
                }

                return "{" + string.Join(", ", parts) + "}";
            case NodeKind.Sequence:
                for (var item = tree[node].First; item >= 0; item = tree[item].Next)
                {
                    parts.Add(Dump(tree, item));
                }

                return "[" + string.Join(", ", parts) + "]";
            default:
                return tree[node] is { Tag: HclTrees.Expression, Value: var e } ? $"<{e}>"
                    : tree[node] is { Tag: HclTrees.Template, Value: var t } ? $"`{t}`"
                    : tree[node].IsPlain ? tree[node].Value : $"'{tree[node].Value}'";
        }
    }
}
