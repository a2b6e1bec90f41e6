using System.Text;
using Cleat.Formats.Dockerfile;
using Cleat.Formats.Embedded;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Tests.Formats.Dockerfile;

public sealed class DockerfileTests
{
    public static TheoryData<string> All => [.. Cases.Names];

    [Theory]
    [MemberData(nameof(All))]
    public void A_case_gives_exactly_its_uses(string name)
    {
        SourceText source = new(name, Cases.Input(name));
        var sink = Cases.Read(source.Bytes);
        Cases.Invariants(source, sink);
        var shown = Cases.Show(source, sink);
        var file = Path.Combine(Cases.Folder(), name, "expected.uses");
        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            File.WriteAllText(file, shown);
        }

        Assert.Equal(File.ReadAllText(file), shown);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Pinning_pins_every_use_and_unpinning_gives_the_bytes_back(string name)
    {
        foreach (var (variant, bytes) in Variants(Cases.Input(name)))
        {
            SourceText source = new(name, bytes);
            var before = Cases.Read(source.Bytes);
            Cases.Invariants(source, before);
            var pinned = Cases.Pin(source, before.Uses);
            var after = Cases.Read(pinned.Bytes);
            Cases.Invariants(pinned, after);
            Assert.Equal(before.Uses.Count, after.Uses.Count);
            foreach (var (was, now) in before.Uses.Zip(after.Uses))
            {
                Assert.Equal(was.Path, now.Path);
                Assert.Equal(was.Verdict == Verdict.Unpinned ? Verdict.Pinned : was.Verdict, now.Verdict);
                if (was.Verdict == Verdict.Unpinned)
                {
                    Assert.Equal($"{was.Reference!.Original}@{Cases.Digest}", now.Reference!.Original);
                }
            }

            // what was pinned before keeps its digest: only those that were added are taken out
            var added = after.Uses.Zip(before.Uses).Where(p => p.Second.Verdict == Verdict.Unpinned).Select(p => p.First);
            Assert.True(Cases.Unpin(pinned, added).Span.SequenceEqual(source.Span), $"{name}, {variant}: unpinned bytes differ");
            Assert.True(source.Apply([]).Span.SequenceEqual(bytes));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Line_ends_byte_order_marks_and_a_missing_final_newline_change_nothing(string name)
    {
        var input = Cases.Input(name);
        var expected = Cases.Read(input).Uses.Select(u => (u.Path, u.Text, u.Verdict, u.Problem));
        foreach (var (_, bytes) in Variants(input))
        {
            Assert.Equal(expected, Cases.Read(bytes).Uses.Select(u => (u.Path, u.Text, u.Verdict, u.Problem)));
        }
    }

    [Fact]
    public void Inside_another_text_the_map_says_where_the_bytes_stand()
    {
        // a block scalar: every line stands behind four spaces more
        var inner = "ARG T=1\nFROM a:$T\nFROM b\\\nc:1\n";
        var outer = "x: |\n" + string.Concat(inner.TrimEnd('\n').Split('\n').Select(l => $"    {l}\n"));
        List<int> table = [];
        for (var i = 5; i < outer.Length; i++)
        {
            if ((i - 5 == 0 || outer[i - 1] == '\n') && outer[i] == ' ')
            {
                i += 4;
            }

            table.Add(i);
        }

        table.Add(outer.Length);
        SourceText source = new("compose.yaml", Encoding.UTF8.GetBytes(outer));
        var sink = Cases.Read(Encoding.UTF8.GetBytes(inner), OffsetMap.Table([.. table]));
        Cases.Invariants(source, sink);
        Assert.Equal(["a:$T", "bc:1"], sink.Uses.Select(u => u.Text));
        var again = Encoding.UTF8.GetString(Cases.Pin(source, sink.Uses).Span);
        Assert.Contains($"    ARG T=1@{Cases.Digest}\n    FROM a:$T\n    FROM b\\\n    c:1@{Cases.Digest}\n", again, StringComparison.Ordinal);
    }

    [Fact]
    public void An_escaped_byte_of_another_syntax_is_never_written_into()
    {
        // as if the last character of each reference were \x31 in YAML
        var inner = "FROM a:1\n"u8.ToArray();
        var sink = Cases.Read(inner, OffsetMap.Table([0, 1, 2, 3, 4, 5, 6, 7, 11, 13]));
        var site = Assert.IsType<PinSite.Text>(Assert.Single(sink.Uses).Site);
        Assert.Equal(new PinSite.Text(new TextSpan(11, 0), "a:1"), site);
    }

    [Theory]
    [InlineData("Dockerfile", true)]
    [InlineData("dockerfile", true)]
    [InlineData("Dockerfile.dev", true)]
    [InlineData("Dockerfile.j2", true)]
    [InlineData("Dockerfile-dev", true)]
    [InlineData("web.Dockerfile", true)]
    [InlineData("web.dockerfile", true)]
    [InlineData("Containerfile", true)]
    [InlineData("containerfile", true)]
    [InlineData("DockerFile", true)]
    [InlineData("Dockerfile2", true)]
    [InlineData("app.Containerfile", true)]
    [InlineData("app-Dockerfile", true)]
    [InlineData("app_Dockerfile", true)]
    [InlineData("app.Dockerfile.prod", true)]
    [InlineData("app.Dockerfile.ts", false)]
    [InlineData("myDockerfile", false)]
    [InlineData("app.Dockerfiles", false)]
    [InlineData("Containerfile.prod", true)]
    [InlineData("Dockerfile.go", false)]
    [InlineData("Dockerfile.PY", false)]
    [InlineData("Dockerfile.sh", false)]
    [InlineData("Dockerfile.md", false)]
    [InlineData("Dockerfile.dockerignore", false)]
    [InlineData("DOCKERFILE", false)]
    [InlineData("Dockerfiles", false)]
    [InlineData("Dockerfile.", false)]
    [InlineData(".dockerfile", false)]
    [InlineData("dockerfile.go", false)]
    [InlineData("", false)]
    public void A_name_is_claimed_or_not(string name, bool claimed) => Assert.Equal(claimed, DockerfileFormat.ClaimsName(name));

    private static IEnumerable<(string Name, byte[] Bytes)> Variants(byte[] input)
    {
        yield return ("as it is", input);
        yield return ("BOM", [0xEF, 0xBB, 0xBF, .. input]);
        var crlf = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(input).Replace("\n", "\r\n", StringComparison.Ordinal));
        yield return ("CRLF", crlf);
        yield return ("BOM and CRLF", [0xEF, 0xBB, 0xBF, .. crlf]);
        yield return ("no final newline", input.AsSpan().TrimEnd((byte)'\n').ToArray());
    }
}
