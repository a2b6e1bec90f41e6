using System.Text;
using Cleat.Findings;
using Cleat.Formats;
using Cleat.Text;
using Cleat.Trees.Comments;
using Cleat.Uses;

namespace Cleat.Tests.Findings;

/// <summary>Ignores in files: what they silence, and what looks like one and is none.</summary>
public sealed class SuppressionTests
{
    private const string Head = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n";

    [Theory]
    // on the line, and on the line above
    [InlineData("  - image: a:1 # cleat: ignore[unpinned-image] built here\n", "a:1=built here")]
    [InlineData("  # cleat: ignore built here\n  - image: a:1\n  - image: b:1\n", "a:1=built here", "b:1")]
    [InlineData("  # cleat: ignore[unpinned-image]: built here\n  # and a second comment\n  - image: a:1\n", "a:1=built here")]
    [InlineData("  - image: a:1 # cleat: ignore one\n  - image: b:1\n", "a:1=one", "b:1")]
    [InlineData("  - image: a:1 # keep # cleat: ignore one\n", "a:1=one")]
    [InlineData("  # cleat: ignore[dynamic-image] other rule\n  - image: a:1\n", "a:1")]
    [InlineData("  # cleat: ignore[dynamic-image, unpinned-image] both\n  - image: a:1\n", "a:1=both")]
    // the file
    [InlineData("  # cleat: ignore-file[unpinned-image] examples\n  - image: a:1\n---\napiVersion: v1\nkind: Pod\nspec: {containers: [{image: b:1}]}\n", "a:1=examples", "b:1=examples")]
    // other tools
    [InlineData("  # checkov:skip=CKV_K8S_43:mirrored\n  - image: a:1\n  - image: b:1\n---\napiVersion: v1\nkind: Pod\nspec: {containers: [{image: c:1}]}\n", "a:1=mirrored", "b:1=mirrored", "c:1")]
    [InlineData("  # bridgecrew:skip=BC_K8S_39:mirrored\n  - image: a:1\n", "a:1=mirrored")]
    [InlineData("  # checkov:skip=CKV_K8S_14:tags are fine\n  - image: a:1\n", "a:1")]
    [InlineData("  # kics-scan ignore-line\n  - image: a:1\n  - image: b:1\n", "a:1=", "b:1")]
    [InlineData("  - image: a:1 # kics-scan ignore-line\n  - image: b:1\n", "a:1", "b:1=")]
    [InlineData("  - image: a:1 # zizmor: ignore[unpinned-images] mirrored\n  - image: b:1\n", "a:1=mirrored", "b:1")]
    [InlineData("  - image: a:1 # zizmor: ignore[artipacked]\n", "a:1")]
    [InlineData("  - image: a:1 # ratchet:exclude\n  - image: b:1\n", "a:1=", "b:1")]
    // what is none
    [InlineData("  - image: a:1\n    args: [\"# cleat: ignore me\"]\n", "a:1")]
    [InlineData("  - {args: [\"# cleat: ignore-file x\"], image: a:1}\n", "a:1")]
    [InlineData("  - {args: [x#cleat:ignore], image: a:1}\n", "a:1")]
    [InlineData("  - args:\n    - |\n      # cleat: ignore-file x\n    image: a:1\n", "a:1")]
    [InlineData("  - args:\n    - |\n      run\n      # cleat: ignore x\n    image: a:1\n", "a:1")]
    [InlineData("  - image: a:1 # write `cleat: ignore` to silence this\n", "a:1")]
    [InlineData("  - image: a:1 # cleat: ignored\n", "a:1")]
    public void In_yaml(string containers, params string[] expected) => Expect("pod.yaml", Head + containers, expected);

    [Theory]
    [InlineData("metadata: {annotations: {cleat.dev/ignore: built here}}\n", "a:1=built here", "b:1")]
    [InlineData("metadata:\n  annotations:\n    checkov.io/skip1: CKV_K8S_43=mirrored\n", "a:1=mirrored", "b:1")]
    [InlineData("metadata:\n  annotations:\n    checkov.io/skip1: CKV_K8S_14=x\n    checkov.io/skip2: BC_K8S_39=y\n", "a:1=y", "b:1")]
    [InlineData("metadata: {annotations: {cleat.dev/ignored: x, checkov.io/skipper: CKV_K8S_43=x}}\n", "a:1", "b:1")]
    public void An_annotation_holds_for_its_document(string metadata, params string[] expected) =>
        Expect("pod.yaml", metadata + Head + "  - image: a:1\n---\n" + Head + "  - image: b:1\n", expected);

    [Fact]
    public void An_annotation_of_a_template_or_an_item_holds_there_only()
    {
        Expect(
            "d.yaml",
            "apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    metadata:\n      annotations:\n        cleat.dev/ignore: built here\n    spec:\n      containers:\n      - image: a:1\n  other:\n    containers:\n    - image: b:1\n",
            ["a:1=built here", "b:1"]);
        Expect(
            "list.json",
            """{"apiVersion": "v1", "kind": "List", "items": [{"metadata": {"annotations": {"cleat.dev/ignore": "x"}}, "spec": {"containers": [{"image": "a:1"}]}}, {"spec": {"containers": [{"image": "b:1"}]}}]}""",
            ["a:1=x", "b:1"]);
    }

    [Theory]
    [InlineData("# cleat: ignore base\nFROM a:1\nFROM b:1\n", "a:1=base", "b:1")]
    [InlineData("# cleat: ignore base\nFROM --platform=linux/amd64 \\\n  a:1\n", "a:1=base")]
    [InlineData("RUN echo # cleat: ignore-file x\nFROM a:1\n", "a:1")]
    [InlineData("FROM a:1\nRUN <<EOF\n# cleat: ignore x\nEOF\nFROM b:1\n", "a:1", "b:1")]
    [InlineData("FROM a:1\n# checkov:skip=CKV_K8S_43:whole file\nFROM b:1\n", "a:1=whole file", "b:1=whole file")]
    public void In_a_Dockerfile(string text, params string[] expected) => Expect("Dockerfile", text, expected);

    [Fact]
    public void In_a_Dockerfile_within_yaml() => Expect(
        "compose.yaml",
        "services:\n  web:\n    build:\n      dockerfile_inline: |\n        # cleat: ignore base\n        FROM a:1\n  db:\n    image: b:1\n",
        ["a:1=base", "b:1"]);

    [Theory]
    [InlineData("// cleat: ignore x\n", true)]
    [InlineData("/* cleat: ignore x */\n", true)]
    [InlineData("\"//\": \"// cleat: ignore x\",\n", false)]
    public void In_json_with_comments(string line, bool ignored) =>
        Expect("pod.json", "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"containers\": [{\n" + line + "\"image\": \"a:1\"}]}", [ignored ? "a:1=x" : "a:1"]);

    [Theory]
    [InlineData("main.tf", "x = \"# cleat: ignore a\" # cleat: ignore b\n", "b")]
    [InlineData("main.tf", "x = <<-EOT\n  # cleat: ignore a\n  EOT\n// cleat: ignore b\n", "b")]
    [InlineData("main.tf", "x = \"${f(\"a\")} // cleat: ignore a\"\n/* cleat: ignore b */\n", "b")]
    [InlineData("Jenkinsfile", "x = '''\n// cleat: ignore a\n''' // cleat: ignore b\n", "b")]
    [InlineData("main.bicep", "var x = 'https://a' // cleat: ignore b\n", "b")]
    [InlineData("run.sh", "x='# cleat: ignore a' # cleat: ignore b\n", "b")]
    [InlineData("app.container", "Image=a:1 # cleat: ignore a\n; cleat: ignore b\n", "b")]
    [InlineData("app.csproj", "<P>\n  <!-- cleat: ignore b -->\n  <X>// cleat: ignore a</X>\n</P>\n", "b")]
    [InlineData("Earthfile", "FROM a:1 # cleat: ignore b\n", "b")]
    [InlineData(".env", "A='# cleat: ignore a' # cleat: ignore b\n", "b")]
    [InlineData("README.md", "Text\n<!-- cleat: ignore b -->\n", "b")]
    [InlineData("bom.tf", "\uFEFF# cleat: ignore b\n", "b")]
    public void Comments_are_told_from_strings(string name, string text, string reason)
    {
        SourceText source = new(name, Encoding.UTF8.GetBytes(text));
        var words = CommentFinder.Find(source, Syntax(source)).Select(c => SuppressionWord.OfComment(source.Slice(c.Span))).OfType<SuppressionWord>();
        Assert.Equal(reason, Assert.Single(words).Reason);
    }

    [Theory]
    [InlineData("resource \"a\" \"b\" {\n  # checkov:skip=CKV_K8S_43:x\n  image = \"@\"\n}\n", true)]
    [InlineData("resource \"a\" \"b\" {\r\n  # checkov:skip=CKV_K8S_43:x\r\n  c {\r\n    image = \"@\"\r\n  }\r\n}\r\n", true)]
    [InlineData("resource \"a\" \"b\" {\n  # checkov:skip=CKV_K8S_43:x\n}\nresource \"c\" \"d\" {\n  image = \"@\"\n}\n", false)]
    public void A_skip_in_hcl_holds_for_its_block(string text, bool silenced)
    {
        SourceText source = new("main.tf", Encoding.UTF8.GetBytes(text));
        Assert.Equal(silenced, Suppressions.Find(source, Syntax(source)).Of(new(text.IndexOf('@', StringComparison.Ordinal), 1), "unpinned-image") is not null);
    }

    [Theory]
    [InlineData("  - image: a:1 # cleat: ignore\n", "5:18 ignore-without-reason")]
    [InlineData("  - image: a:1 # cleat: ignore why\n")]
    [InlineData("  # cleat: ignore why\n\n  - image: a:1\n", "5:5 unused-ignore")]
    [InlineData("  - image: a@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef # cleat: ignore why\n", "5:88 unused-ignore")]
    [InlineData("  - image: a:1 # cleat: ignore[unpinned-images] why\n", "5:18 unused-ignore")]
    // what is nearly a word of Cleat's
    [InlineData("  - image: a:1 # cleat: ignroe why\n", "5:18 unused-ignore")]
    [InlineData("  - image: a:1 # cleat: ignored\n", "5:18 unused-ignore")]
    [InlineData("  - image: a:1 # cleat: skip\n", "5:18 unused-ignore")]
    [InlineData("  # cleat: ignore-next-line why\n  - image: a:1\n", "5:5 unused-ignore")]
    [InlineData("  # cleat: officially the tool for this\n  - image: a:1\n")]
    // other tools' words serve other tools
    [InlineData("  # kics-scan ignore-line\n\n  - image: a:1\n")]
    [InlineData("  - image: a:1 # ratchet:exclude\n")]
    public void Notices(string containers, params string[] expected)
    {
        var (_, ignores, _) = Judge("pod.yaml", Head + containers);
        var notices = ignores.Notices(Rule.All).Select(n => $"{n.Position.Line}:{n.Position.Column} {n.Rule.Name}");
        Assert.Equal(expected, notices);
    }

    [Theory]
    [InlineData("cleat.dev/ignored")]
    [InlineData("cleat.dev/skip")]
    public void An_annotation_that_is_nearly_the_word_is_told(string key)
    {
        var (_, ignores, _) = Judge("pod.yaml", $"metadata: {{annotations: {{{key}: why}}}}\n" + Head + "  - image: a:1\n");
        Assert.Contains("cleat.dev/ignore", Assert.Single(ignores.Notices(Rule.All)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FROM nginx:1 # cleat: ignore why\n", "1:16")]
    [InlineData("# cleat: ignore why\nFROM nginx:1\n")]
    [InlineData("FROM nginx:1\n # why # cleat: ignored\n", "2:10")]
    public void Behind_an_instruction_of_a_Dockerfile_nothing_is_a_comment(string text, params string[] expected)
    {
        var (_, ignores, _) = Judge("Dockerfile", text);
        Assert.Equal(expected, ignores.Notices(Rule.All).Select(n => $"{n.Position.Line}:{n.Position.Column}"));
    }

    [Fact]
    public void A_rule_that_is_not_known_names_the_nearest()
    {
        var (_, ignores, _) = Judge("pod.yaml", Head + "  - image: a:1 # cleat: ignore[unpined-image] why\n");
        var notice = Assert.Single(ignores.Notices(Rule.All));
        Assert.Contains("did you mean 'unpinned-image'?", notice.Message, StringComparison.Ordinal);
        Assert.Equal((18, "cleat: ignore[unpined-image] why".Length), (notice.Position.Column, notice.Length));
    }

    // as the format that claims the name says
    private static CommentSyntax? Syntax(SourceText source) => FileReading.Comments(source, FormatList.All.First(f => f.MayClaim(source.Path)));

    private static void Expect(string name, string text, string[] expected)
    {
        foreach (var variant in (string[])[text, text.Replace("\n", "\r\n", StringComparison.Ordinal), "\uFEFF" + text, text.TrimEnd('\n')])
        {
            var (_, _, found) = Judge(name, variant);
            Assert.Equal(expected, found.Select(f => f.Ignored is { } i ? $"{f.Text}={i.Reason}" : f.Text));
        }
    }

    private static (SourceText Source, Suppressions Ignores, List<(string Text, Ignored? Ignored)> Found) Judge(string name, string text)
    {
        SourceText source = new(name, Encoding.UTF8.GetBytes(text));
        var ignores = Suppressions.Find(source, Syntax(source));
        return (source, ignores, FileReading.Read(source).Uses.ConvertAll(u => (u.Text, Rule.Of(u.Verdict) is { } rule ? ignores.Of(u.Span, rule.Name) : null)));
    }
}
