using System.Text;
using Cleat.Formats;
using Cleat.References;
using Cleat.Rewriting;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Tests.Formats.Shell;

/// <summary>Commands in scripts, Makefiles and Markdown: formats that are read only when asked for.</summary>
public sealed class ShellTests
{
    private static readonly FormatSet Everything = new(FormatList.All);

    [Theory]
    [InlineData("docker run nginx:1", "Unpinned nginx:1")]
    [InlineData("sudo podman pull -q --platform linux/amd64 quay.io/a/b:2", "Unpinned quay.io/a/b:2")]
    [InlineData("docker run --rm -it -v /a:/b -p8080:80 --name=x --env A=1 -e B --network host alpine:3 sh -c 'docker run no:1'", "Unpinned alpine:3")]
    [InlineData("docker run -dp 80:80 a:1; docker create b:1 && nerdctl run c:1 | docker run d:1", "Unpinned a:1, Unpinned b:1, Unpinned c:1, Unpinned d:1")]
    [InlineData("docker --host tcp://x -D run a:1\n/usr/bin/docker container run a:2\ndocker image pull a:3", "Unpinned a:1, Unpinned a:2, Unpinned a:3")]
    [InlineData("docker run \\\n  --rm \\\n  -v \"$PWD:/src\" \\\n  a:1 \\\n  make", "Unpinned a:1")]
    [InlineData("ID=$(docker run -d a:1)\nX=`docker run b:1`\nif docker pull \"c:1\"; then :; fi\n(docker run 'd:1')", "Unpinned a:1, Unpinned b:1, Unpinned c:1, Unpinned d:1")]
    [InlineData("# docker run a:1\necho docker run b:1\ndocker build -t c:1 .\ndocker exec d e\ndocker push f:1\nx=1 # docker run g:1", "")]
    [InlineData("cat <<EOF\ndocker run a:1\nEOF\ndocker run b:1\nn=$((1<<two))\ndocker run c:1", "Unpinned b:1, Unpinned c:1")]
    [InlineData("IMG=a:1\ndocker run $IMG\ndocker run \"${IMG}\"", "Unpinned a:1")]
    [InlineData("TAG=1\nexport REG='quay.io'\ndocker run $REG/a:${TAG}", "Unpinned $REG/a:${TAG}")]
    [InlineData("docker run $IMG\ndocker run \"$@\"\ndocker run a:${TAG:-2}\ndocker run $(cat image)", "Dynamic $IMG, Dynamic $@, Unpinned a:${TAG:-2}, Dynamic $(cat image)")]
    [InlineData("IMG=a:1\nIMG=a:2\ndocker run $IMG\nfor I in x y; do docker run $I; done", "Dynamic $IMG, Dynamic $I")]
    [InlineData("docker run $DOCKER_OPTS a:1", "Unpinned a:1")]
    [InlineData("docker run Upper:1\ndocker pull a@sha256:12\ndocker run --rm", "Malformed Upper:1, Malformed a@sha256:12")]
    [InlineData("docker run a@sha256:5555555555555555555555555555555555555555555555555555555555555555", "Pinned a@sha256:5555555555555555555555555555555555555555555555555555555555555555")]
    public void Scripts(string script, string expected) => Assert.Equal(expected, Found("x.sh", script));

    [Theory]
    [InlineData("IMAGE := a:1 # the tools\nTAG ?= 2\nrun:\n\t@docker run --rm $(IMAGE)\n\t-docker pull b:$(TAG)\n\tdocker run $$X\n\tdocker run ${OTHER}\n", "Unpinned a:1, Unpinned b:$(TAG), Dynamic $$X, Dynamic ${OTHER}")]
    [InlineData("# docker run a:1\nIMAGE = a:1\nIMAGE += b\nrun: ; docker run $(IMAGE)\nexport TOOLS = c:1\nx:\n\tdocker run \\\n\t  $(TOOLS)\n", "Dynamic $(IMAGE), Unpinned c:1")]
    public void Makefiles(string script, string expected) => Assert.Equal(expected, Found("Makefile", script));

    [Theory]
    [InlineData("# docker run no:1\n\nRun `docker run a:1` or docker run no:2.\n\n```sh\n$ docker run --rm \\\n    b:1\ndocker pull c:1\n```\n\n~~~\n# docker run no:3\ndocker run d:1\n~~~\n`docker run <image>`\n", "Unpinned a:1, Unpinned b:1, Unpinned c:1, Unpinned d:1")]
    [InlineData("```\ndocker run a:1\n", "Unpinned a:1")]
    public void Prose(string script, string expected) => Assert.Equal(expected, Found("README.md", script));

    [Fact]
    public void They_are_read_only_when_asked_for() =>
        Assert.Empty(FileReading.Read(new SourceText("x.sh", "docker run a:1"u8.ToArray())).Uses);

    [Theory]
    [InlineData("x.sh", "docker run 'a:1' sh # x", "docker run 'a:1@DIGEST' sh # x")]
    [InlineData("x.sh", "IMG=\"a:1\"\ndocker run $IMG", "IMG=\"a:1@DIGEST\"\ndocker run $IMG")]
    [InlineData("x.sh", "T=1\ndocker run a:$T\ndocker run \"b:$T\"", "T=1\ndocker run a:$T@DIGEST\ndocker run \"b:$T@DIGEST\"")]
    [InlineData("Makefile", "I = a:1\r\nx:\r\n\tdocker run $(I) y\r\n", "I = a:1@DIGEST\r\nx:\r\n\tdocker run $(I) y\r\n")]
    [InlineData("Makefile", "T = 1\nx:\n\tdocker run a:$(T)\n", "T = 1\nx:\n\tdocker run a:$(T)@DIGEST\n")]
    [InlineData("a.md", "`docker run a:1`", "`docker run a:1@DIGEST`")]
    public void Digests_are_written_and_taken_out(string name, string before, string after)
    {
        var hex = "sha256:" + new string('5', 64);
        Assert.True(Digest.TryParse(hex, out var digest, out _));
        SourceText source = new(name, Encoding.UTF8.GetBytes(before));
        var pinned = source.Apply(FileReading.Read(source, formats: Everything).Uses.SelectMany(u => Pinner.Pin(source, u, digest, PinStyle.TagDigest, out _)!.Edits));
        Assert.Equal(after, Encoding.UTF8.GetString(pinned.Span).Replace(hex, "DIGEST", StringComparison.Ordinal));

        var uses = FileReading.Read(pinned, formats: Everything).Uses;
        Assert.All(uses, u => Assert.Equal(Verdict.Pinned, u.Verdict));
        Assert.Equal(before, Encoding.UTF8.GetString(pinned.Apply(uses.SelectMany(u => Pinner.Unpin(pinned, u, out _)!.Edits)).Span));
    }

    private static string Found(string name, string text) =>
        string.Join(", ", FileReading.Read(new SourceText(name, Encoding.UTF8.GetBytes(text)), formats: Everything).Uses.Select(u => $"{u.Verdict} {u.Text}"));
}
