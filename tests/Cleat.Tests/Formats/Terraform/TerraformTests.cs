using System.Text;
using Cleat.Formats.Hcl;
using Cleat.Formats;
using Cleat.Text;
using Cleat.Uses;
using CsCheck;

namespace Cleat.Tests.Formats.Terraform;

public sealed class TerraformTests
{
    private static readonly string[] Statements =
    [
        "variable \"a\" {\n  default = \"nginx:1.27\"\n}\n", "variable \"b\" {\n  default = \"1.27\"\n}\n", "variable \"c\" {}\n", "variable \"d\" {\n  default = \"${var.a}\"\n}\n",
        "locals {\n  a = var.a\n  b = \"x:${var.b}\"\n  c = local.b\n  d = local.d\n  e = [\"y:1\", var.a]\n}\n", "locals {\n  a = \"redis:7\"\n}\n",
        "resource \"docker_container\" \"x\" {\n  image = var.a\n}\n", "resource \"docker_container\" \"x\" {\n  image = local.a\n}\n", "resource \"docker_container\" \"x\" {\n  image = \"z:${var.b}-slim\"\n}\n",
        "resource \"docker_container\" \"x\" {\n  image = \"${local.c}\"\n}\n", "resource \"docker_container\" \"x\" {\n  image = \"${local.d}${var.c}\"\n}\n", "resource \"docker_container\" \"x\" {\n  image = local.e[0]\n}\n",
        "resource \"aws_ecs_task_definition\" \"t\" {\n  container_definitions = jsonencode([{ image = var.d }, { image = \"q:1\" }])\n}\n",
        "resource \"aws_ecs_task_definition\" \"t\" {\n  container_definitions = <<-E\n  [{ \"cpu\": ${var.c}, \"image\": \"r:${var.b}\" }]\n  E\n}\n",
        "resource \"aws_ecs_task_definition\" \"t\" {\n  container_definitions = \"[{\\\"image\\\": \\\"s:1\\\"}]\"\n}\n",
        "resource \"kubernetes_pod\" \"p\" {\n  spec {\n    dynamic \"container\" {\n      content { image = local.a }\n    }\n  }\n}\n",
    ];

    /// <summary>Whatever stands together, what is found can be pinned, is then pinned, and comes back.</summary>
    [Fact]
    public void Any_mixture_of_statements_keeps_the_promises_of_pinning() =>
        Gen.Int[0, Statements.Length - 1].Array[0, 8].Try(
            picks => PinProperties.Check("main.tf", Encoding.UTF8.GetBytes(string.Concat(picks.Select(i => Statements[i])))), iter: 3_000);

    [Theory]
    [InlineData("locals {\n", "  a = \"${local.a}${local.a}\"\n", "}\nresource \"docker_container\" \"x\" {\n  image = \"${local.a}:1\"\n}\n")]
    [InlineData("locals {\n", "  a = local.a\n", "}\nresource \"docker_container\" \"x\" {\n  image = local.a\n}\n")]
    [InlineData("variable \"a\" {\n  default = \"x\"\n}\n", "resource \"docker_container\" \"x\" {\n  image = \"${var.a}:1\"\n}\n", "")]
    [InlineData("", "resource \"docker_container\" \"x\" {\n  image = \"${var.a}:1\"\n}\nvariable \"a\" {\n  default = \"x\"\n}\n", "")]
    [InlineData("locals {\n  a = [\n", "    local.a,\n", "  ]\n}\nresource \"aws_ecs_task_definition\" \"x\" {\n  container_definitions = jsonencode(local.a)\n}\n")]
    public void Names_that_lead_to_many_places_end_soon(string head, string repeated, string tail)
    {
        SourceText source = new("main.tf", Encoding.UTF8.GetBytes(head + string.Concat(Enumerable.Repeat(repeated, 20_000 / repeated.Length)) + tail));
        // with as many ways as there are statements this would never come back
        Assert.NotNull(FileReading.Read(source));
    }

    [Theory]
    [InlineData("var.a", "var a")]
    [InlineData("local.a[\"b.c\"].d", "local a b.c d")]
    [InlineData("a['b']", "a b")]
    [InlineData("var.a[0].b", "var a [0] b")]
    [InlineData("var.a[each.key]", "var a *")]
    [InlineData("var.a[*].b", "var a * b")]
    [InlineData("f(var.a)", null)]
    [InlineData("var.a + 1", null)]
    [InlineData("var.a[local.b[0]]", "var a *")]
    [InlineData("\"a\"", null)]
    [InlineData("var.", null)]
    [InlineData("", null)]
    public void Names_are_told_from_other_expressions(string expression, string? names) =>
        Assert.Equal(names, Traversal.Read(expression) is { } read ? string.Join(' ', read) : null);

    [Fact]
    public void A_digest_goes_behind_the_variable_that_ends_a_template()
    {
        const string Text = "variable \"tag\" {\n  default = \"1.27\"\n}\nresource \"docker_container\" \"x\" {\n  image = \"nginx:${var.tag}\"\n}\n";
        var use = Assert.Single(FileReading.Read(new SourceText("main.tf", Encoding.UTF8.GetBytes(Text))).Uses);
        Assert.Equal((Verdict.Unpinned, "nginx:1.27"), (use.Verdict, use.Reference?.Original));
        var site = Assert.IsType<PinSite.Text>(use.Site);
        Assert.Equal(("nginx:1.27", Text.IndexOf("}\"\n", StringComparison.Ordinal) + 1, 0), (site.Prefix, site.Span.Start, site.Span.Length));
    }
}
