using Cleat.Formats;
using Cleat.References;
using Cleat.Rewriting;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Tests.Formats;

/// <summary>Where a digest is written in formats with a syntax of their own. DIGEST stands for it in the texts.</summary>
public sealed class WrittenDigestTests
{
    [Theory]
    [InlineData("a.container", "[Container]\nImage=\"quay.io/a:1\"\n", "[Container]\nImage=\"quay.io/a:1@DIGEST\"\n")]
    [InlineData("Jenkinsfile", "agent { docker { image 'a:1' } }", "agent { docker { image 'a:1@DIGEST' } }")]
    [InlineData("Jenkinsfile", "def v = '1'\ndocker.image(\"a:${v}\")", "def v = '1'\ndocker.image(\"a:${v}@DIGEST\")")]
    [InlineData("Jenkinsfile", "def i = 'a:1'\ndocker.image(i)\ndocker.image(\"$i\")", "def i = 'a:1@DIGEST'\ndocker.image(i)\ndocker.image(\"$i\")")]
    [InlineData("Jenkinsfile", "def i = 'a'\ndocker.image(i)\ndocker.image(\"${i}:2\")", "def i = 'a'\ndocker.image(i)\ndocker.image(\"${i}:2@DIGEST\")")]
    [InlineData("Earthfile", "ARG --global A=a:1\nx:\n  FROM $A\n", "ARG --global A=a:1@DIGEST\nx:\n  FROM $A\n")]
    [InlineData("Earthfile", "ARG --global T=1\nx:\n  FROM a:$T\n", "ARG --global T=1\nx:\n  FROM a:$T@DIGEST\n")]
    [InlineData("MODULE.bazel", "oci.pull(\n    image = \"r.io/a\",  # why\n    tag = \"1\",\n)", "oci.pull(\n    digest = \"DIGEST\",\n    image = \"r.io/a\",  # why\n    tag = \"1\",\n)")]
    [InlineData("MODULE.bazel", "oci.pull(image='r.io/a', tag='1')", "oci.pull(digest='DIGEST', image='r.io/a', tag='1')")]
    [InlineData("MODULE.bazel", "oci.pull(image = \"r.io/a:1\")", "oci.pull(image = \"r.io/a:1@DIGEST\")")]
    [InlineData("WORKSPACE", "container_pull(name = \"x\", registry = \"r.io\", repository = \"a\")", "container_pull(name = \"x\", registry = \"r.io\", digest = \"DIGEST\", repository = \"a\", tag = \"latest\")")]
    [InlineData("WORKSPACE", "oci_pull(image = \"a\", tag = \"1\", digest = None)", "oci_pull(image = \"a\", tag = \"1\", digest = None)")]
    [InlineData("WORKSPACE", "oci_pull(image = \"a\", tag = \"1\", reproducible = False)", "oci_pull(image = \"a\", tag = \"1\", reproducible = False)")]
    [InlineData("a.csproj", "<Project><PropertyGroup><V>1</V><ContainerBaseImage>a:$(V)</ContainerBaseImage></PropertyGroup></Project>", "<Project><PropertyGroup><V>1</V><ContainerBaseImage>a:$(V)@DIGEST</ContainerBaseImage></PropertyGroup></Project>")]
    [InlineData("a.csproj", "<Project><PropertyGroup><I>a:1</I><ContainerBaseImage>$(I)</ContainerBaseImage></PropertyGroup></Project>", "<Project><PropertyGroup><I>a:1@DIGEST</I><ContainerBaseImage>$(I)</ContainerBaseImage></PropertyGroup></Project>")]
    [InlineData("main.tf", "resource \"docker_container\" \"x\" {\n  image = var.y ? \"a:1\" : \"b:2\"\n}", "resource \"docker_container\" \"x\" {\n  image = var.y ? \"a:1@DIGEST\" : \"b:2@DIGEST\"\n}")]
    [InlineData("main.tf", "resource \"docker_container\" \"x\" {\n  image = format(\"%s:%s\", \"a\", \"1\")\n}", "resource \"docker_container\" \"x\" {\n  image = format(\"%s:%s@DIGEST\", \"a\", \"1\")\n}")]
    [InlineData("main.tf", "resource \"docker_container\" \"x\" {\n  image = join(\":\", [\"a\", \"1\"])\n}", "resource \"docker_container\" \"x\" {\n  image = join(\":\", [\"a\", \"1@DIGEST\"])\n}")]
    [InlineData("main.tf", "resource \"helm_release\" \"x\" {\n  values = [<<-EOT\n    image:\n      repository: a\n      tag: \"1\"\n      digest:\n  EOT\n  ]\n}", "resource \"helm_release\" \"x\" {\n  values = [<<-EOT\n    image:\n      repository: a\n      tag: \"1\"\n      digest: DIGEST # unpinned: empty\n  EOT\n  ]\n}")]
    [InlineData("main.bicep", "var i = y ? 'a:1' : format('{0}:2', 'b')\nresource x 'Microsoft.App/jobs@2024-03-01' = {\n  properties: { template: { containers: [ { image: i } ] } }\n}", "var i = y ? 'a:1@DIGEST' : format('{0}:2@DIGEST', 'b')\nresource x 'Microsoft.App/jobs@2024-03-01' = {\n  properties: { template: { containers: [ { image: i } ] } }\n}")]
    public void A_digest_is_written(string name, string before, string after)
    {
        var hex = "sha256:" + new string('5', 64);
        Assert.True(Digest.TryParse(hex, out var digest, out _));
        SourceText source = new(name, System.Text.Encoding.UTF8.GetBytes(before));
        var uses = FileReading.Read(source).Uses.Where(u => u.Verdict == Verdict.Unpinned).ToList();
        Assert.NotEmpty(uses);
        var pinned = source.Apply(uses.Select(u => Pinner.Pin(source, u, digest, PinStyle.TagDigest, out _)).OfType<PlannedChange>().SelectMany(c => c.Edits));

        Assert.Equal(after, System.Text.Encoding.UTF8.GetString(pinned.Span).Replace(hex, "DIGEST", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("oci_pull(\n  image = \"a\", tag = \"1\",\n  digest = \"DIGEST\",  # 17\n)", "oci_pull(\n  image = \"a\", tag = \"1\",  # 17\n)")]
    [InlineData("oci_pull(image = \"a:1\", digest = \"DIGEST\")", "oci_pull(image = \"a:1\")")]
    [InlineData("oci_pull(image = \"a:1\", digest = \"DIGEST\",)", "oci_pull(image = \"a:1\",)")]
    [InlineData("oci_pull(\n  digest = \"DIGEST\",\n  image = \"a:1\",\n)", "oci_pull(\n  image = \"a:1\",\n)")]
    public void A_digest_is_taken_out(string before, string after)
    {
        SourceText source = new("WORKSPACE", System.Text.Encoding.UTF8.GetBytes(before.Replace("DIGEST", "sha256:" + new string('5', 64), StringComparison.Ordinal)));
        var use = Assert.Single(FileReading.Read(source).Uses);

        Assert.Equal(after, System.Text.Encoding.UTF8.GetString(source.Apply(Pinner.Unpin(source, use, out _)!.Edits).Span));
    }
}
