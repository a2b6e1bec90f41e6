using System.Text;
using Cleat.Formats.Dockerfile;
using Cleat.Text;
using Cleat.Uses;
using CsCheck;

namespace Cleat.Tests.Formats.Dockerfile;

public sealed class FuzzTests
{
    private static readonly string[] Fragments =
    [
        "FROM ", "COPY --from=", "ADD --from=", "RUN --mount=type=bind,from=", "# syntax=", "# escape=`\n", "ONBUILD ", "ARG ", "ENV ", " AS ", "--platform=",
        "nginx", "nginx:1.27", ":1", "@sha256:", Cases.Digest, "@" + Cases.Digest, "scratch", "build", "build-", "0", "/", ":",
        "$A", "${A}", "$B", "${B:-", "${A:+", "${A?", "${A%", "}", "$", "\\$", "{{ .X }}", "{{", "}}", "A=", "B=", "A", "B", "TARGETARCH", "$TARGETARCH",
        "\"", "'", "\\", "`", "\\\n", "`\n", "\n", "\n", "\n", "\r\n", "\t", " ", " ", "#", "\n# c\n", "<<EOF", "<<-'EOF'", "\nEOF\n", "\0", "é", "\uFEFF", ",", "=",
    ];

    private static readonly Gen<byte[]> Recombined = Mixture(Fragments, 60);

    // whole instructions, so that most references come out well formed and the pins are tried
    private static readonly Gen<byte[]> Instructions = Mixture(
        [
        "ARG A=nginx:1.27\n", "ARG A=1.27\n", "ARG A\n", "ARG B=$A\n", "ARG B=redis:${A}\n", "ARG B=\"7\"\n", "ENV A=x:2\n", "ARG C=${B}-x\n",
        "FROM $A\n", "FROM ${B} AS b\n", "FROM nginx:$A\n", "FROM nginx:${B}-alpine AS build\n", "FROM ${A}/x\n", "FROM ${C}\n", "FROM x:$C\n", "FROM x:${A:-3}\n", "FROM ${Q:-$A}\n",
        "FROM \"x:${B:+$A}\"\n", "FROM build\n", "FROM build-$A\n", "COPY --from=$A / /\n", "COPY --from=r:$B / /\n", "RUN --mount=from=${B:-z} x\n", "FROM $A$B\n", "FROM x$A\\\n$B\n",
        "FROM --platform=$A y:$B\n", "ONBUILD COPY --from=z:$A / /\n", $"ARG A=n@{Cases.Digest[..^1]}e\n",
        ],
        12);

    [Fact]
    public void Random_bytes_are_read_without_harm() => Gen.Byte.Array[0, 400].Try(Check, iter: 3000);

    [Fact]
    public void Any_mixture_of_fragments_is_read_without_harm() => Recombined.Try(Check, iter: 20000);

    [Fact]
    public void Any_mixture_of_instructions_can_be_pinned_and_unpinned() => Instructions.Try(
        bytes =>
        {
            Check(bytes);
            SourceText source = new("fuzz", bytes);
            var before = Cases.Read(bytes).Uses;
            var pinned = Cases.Pin(source, before);
            var after = Cases.Read(pinned.Bytes);
            Cases.Invariants(pinned, after);
            Assert.Equal(before.Select(u => u.Path), after.Uses.Select(u => u.Path));
            Assert.DoesNotContain(after.Uses, u => u.Verdict == Verdict.Unpinned);
            foreach (var (was, now) in before.Zip(after.Uses).Where(p => p.First.Verdict == Verdict.Unpinned))
            {
                Assert.Equal($"{was.Reference!.Original}@{Cases.Digest}", now.Reference?.Original);
            }

            Assert.Equal(bytes, Cases.Unpin(pinned, after.Uses).Bytes.ToArray());
        },
        iter: 20000);

    public static TheoryData<string, string> Hostile => new()
    {
        { "", "FROM a AS b\nFROM b-$X\n" },
        { "", "RUN <<A <<B\n" },
        { "FROM ", "${A:-" },
        { "FROM ", "{{" },
        { "ARG A=aaaaaaaaaaaaaaaa\n", "ARG A=$A$A\nFROM $A\n" },
        { "ARG A=", "$A" },
        { "RUN ", "\\\n" },
        { "RUN ", "\"<<EOF " },
        { "RUN --mount=", "from=a," },
        { "COPY ", "--from=$A " },
        { "", "ARG A=1\nFROM $A\nARG A\n" },
        { "", "\0\0\0\0" },
        { "# ", "a" },
        { "FROM x", "$" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_files_are_read_without_harm(string head, string repeated)
    {
        var bytes = Encoding.UTF8.GetBytes(head + string.Concat(Enumerable.Repeat(repeated, 500_000 / repeated.Length)));
        Check(bytes);
    }

    private static Gen<byte[]> Mixture(string[] parts, int most) =>
        Gen.Int[0, parts.Length - 1].Array[0, most].Select(picks => Encoding.UTF8.GetBytes(string.Concat(picks.Select(i => parts[i]))));

    private static void Check(byte[] bytes) => Cases.Invariants(new SourceText("fuzz", bytes), Cases.Read(bytes));
}
