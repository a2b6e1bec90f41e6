using System.Text;
using Cleat.Tests.Formats.Dockerfile;
using Cleat.Tests.Formats;
using Cleat.Text;
using Cleat.Trees.Yaml;
using Cleat.Trees;
using CsCheck;

namespace Cleat.Tests.Trees;

/// <summary>What <see cref="PlainYaml"/> accepts gives the tree that the YAML library gives, node for node.</summary>
public sealed class PlainYamlTests
{
    private static readonly string[] Heads = ["", "a:\n", "a:\n  b:\n", "- ", "a: 1\n", "a:\n- "];

    private static readonly string[] Pieces =
    [
        "a", "b: ", "c:", "image: ", "nginx:1.27", "x: y", "- ", "- ", "- - ", "-", "  ", "    ", "\n", "\n", "\n", "\n  ", "\n  - ", "\n    ", "\n\n", " ", "# c", " # c\n", "#x", "\n# c\n",
        "|\n", "|-\n", "|+\n", ">\n", ">-\n", ">+\n", "| # c\n", "|2\n", "\n   \n", "'", "'q'", "''", "'it''s'", "\"", "\"d\"", "\"a\\n\\\"b\"", "\"\\x41\"", "\\", "'a\n", "'a\n  b'", "'a \n\n  b''c'", "\"a\\\"\n  b\"", "\"a  \n \n    b\"", "\\\n", ":x", "[-n, a]", "-n", "{}", "[]", "[a, b]", "{a: b}", "{a: [b, c], 'd': \"e\"}",
        "[", "]", "{", "}", ", ", ":", ": ", " : ", "?", "? ", "&a ", "*a", "!t ", "%", "@", "`", "~", "<<: ", "-1", "--x", "...", "---", "\n---\n", "\n...\n", "\t", "\r\n", "é", "\u2028", "\u0085", "\uFEFF", "😀", "=", "/", "$", "%x\n",
    ];

    public static TheoryData<string> Cases =>
        [.. CaseFiles.Folders().SelectMany(folder => CaseFiles.Inputs(folder).Where(f => Path.GetExtension(f) is ".yaml" or ".yml").Select(f => $"{folder}/{f}"))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_is_the_same_tree(string file) => Same(File.ReadAllBytes(Path.Combine(CaseFiles.Root, file)));

    [Fact]
    public void Any_mixture_is_the_same_tree_or_left_to_the_library() =>
        Gen.Select(Gen.Int[0, Heads.Length - 1], Gen.Int[0, Pieces.Length - 1].Array[0, 12], (head, pieces) => Encoding.UTF8.GetBytes(Heads[head] + string.Concat(pieces.Select(p => Pieces[p]))))
            .Try(b => { Same(b); }, iter: 20_000, print: b => Encoding.UTF8.GetString(b).ReplaceLineEndings("\\n\n"));

    [Fact]
    public void Damaged_cases_are_the_same_tree_or_left_to_the_library() =>
        Images.Damaged(".yaml", ".yml").Try(f => { Same(f.Bytes); }, iter: 2000, print: f => f.Name + "\n" + Encoding.UTF8.GetString(f.Bytes));

    /// <summary>Files of one's own: <c>CLEAT_YAML=FOLDER</c>.</summary>
    [Fact]
    public void The_usual_file_is_plain()
    {
        var folder = Environment.GetEnvironmentVariable("CLEAT_YAML") ?? CaseFiles.Root;
        var files = Directory.EnumerateFiles(folder, "*.y*ml", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).ToList();
        var plain = files.Count(f => Same(File.ReadAllBytes(f)));
        Assert.True(plain * 2 > files.Count, $"{plain} of {files.Count} files are plain");
        TestContext.Current.SendDiagnosticMessage($"{plain} of {files.Count} files are plain");
    }

    // true when every document is plain
    private static bool Same(byte[] bytes)
    {
        SourceText source = new("x.yaml", bytes);
        var all = true;
        foreach (var part in YamlDocuments.Split(source.Span, source.BomLength))
        {
            TreeBuilder builder = new();
            if (!PlainYaml.TryRead(source.Span.Slice(part.Start, part.Length), part.Start, builder))
            {
                all = false;
                continue;
            }

            var plain = builder.IsEmpty ? [] : Nodes(builder.Build(source, TreeSyntax.Yaml));
            var library = YamlTrees.ReadAny(source, part, out var problem);
            Assert.Null(problem?.Message);
            Assert.Equal(library.SelectMany(Nodes), plain);
        }

        return all;
    }

    private static List<Node> Nodes(Tree tree) => [.. Enumerable.Range(0, tree.Count).Select(i => tree[i])];
}
