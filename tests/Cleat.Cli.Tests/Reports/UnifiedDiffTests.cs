using System.Diagnostics;
using System.Text;
using Cleat.Rewriting;
using Cleat.Text;
using Cleat.Tests;
using CsCheck;

namespace Cleat.Cli.Tests.Reports;

public sealed class UnifiedDiffTests
{
    private static readonly Gen<string> Line = Among("", "a", "image: nginx:1.27", "  - b", "\t", "-- x", "+++ y", "é", "\u0000", "\r");

    private static readonly Gen<byte[]> Bytes =
        Gen.Select(Line, Among("\n", "\n", "\n", "\r\n", "\r", "\n\n"), (line, end) => Encoding.UTF8.GetBytes(line + end)).Array[0, 40]
            .Select(Among<byte[]>([], "last"u8.ToArray(), [0xFF, 0xC3]), (lines, tail) => (byte[])[.. lines.SelectMany(l => l), .. tail]);

    private static readonly Gen<string> NewText = Among("", "", "x", "nginx@sha256:0", "\n", "x\n", "\nx", "\r\n", "a\nb\nc", "é\n");

    [Fact]
    public void GitAndPatchMakeExactlyTheNewBytesOfIt() =>
        Gen.Select(Bytes, Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[0, 30], NewText).Array[1, 6])
            .Select((bytes, wishes) => (bytes, edits: Edits(bytes.Length, wishes)))
            .Try(sample => AppliesTo("k8s/web.yaml", sample.bytes, sample.edits), iter: 60, threads: 1);

    [Theory]
    [InlineData("plain.yaml", "--- a/plain.yaml\n")]
    [InlineData("./plain.yaml", "--- a/plain.yaml\n")]
    [InlineData("two words/x y.yaml", "--- a/two words/x y.yaml\t\n")]
    [InlineData("ä/x.yaml", "--- \"a/\\303\\244/x.yaml\"\n")]
    [InlineData("q\"b\\t\t\u0001.yaml", "--- \"a/q\\\"b\\\\t\\t\\001.yaml\"\n")]
    [InlineData("ä x.yaml", "--- \"a/\\303\\244 x.yaml\"\t\n")]
    public void PathsAreWrittenAsGitWritesThem(string path, string header)
    {
        var bytes = "image: nginx\n"u8.ToArray();
        Assert.StartsWith(header, Diff(path, bytes, [new(new(12, 0), ":1.27")]), StringComparison.Ordinal);
        AppliesTo(path, bytes, [new(new(12, 0), ":1.27")]);
    }

    [Fact]
    public void AnAddedLineIsOnlyAdded() =>
        Assert.Equal(
            "--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@\n name: nginx\n+digest: d\n newTag: 1\n",
            Diff("x", "name: nginx\nnewTag: 1\n"u8.ToArray(), [new(new(11, 0), "\ndigest: d")]));

    [Fact]
    public void AFarChangeHasAHunkOfItsOwn()
    {
        var lines = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(1, 20).Select(i => $"{i}\n")));
        Assert.Equal(
            "--- a/x\n+++ b/x\n@@ -1,4 +1,4 @@\n-1\n+one\n 2\n 3\n 4\n@@ -17,4 +17,3 @@\n 17\n 18\n 19\n-20\n",
            Diff("x", lines, [new(new(lines.Length - 3, 3), ""), new(new(0, 1), "one")]));
    }

    [Fact]
    public void AMissingFinalLineBreakIsSaid() =>
        Assert.Equal(
            "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-nginx\n\\ No newline at end of file\n+nginx@d\n\\ No newline at end of file\n",
            Diff("x", "nginx"u8.ToArray(), [new(new(5, 0), "@d")]));

    [Fact]
    public void NothingChangedIsNothingWritten() =>
        Assert.Equal("", Diff("x", "nginx\n"u8.ToArray(), [new(new(0, 5), "nginx")]));

    [Fact]
    public void EditsThatDoNotFitAreABug()
    {
        Assert.Throws<ArgumentException>(() => UnifiedDiff.Write(Stream.Null, "x", "abc"u8, "abcd"u8, []));
        Assert.Throws<ArgumentException>(() => UnifiedDiff.Write(Stream.Null, "x", "abc"u8, "abc"u8, [new(new(0, 2), "ab"), new(new(1, 1), "b")]));
    }

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static List<Edit> Edits(int length, (int At, int Length, string Text)[] wishes)
    {
        List<Edit> edits = [];
        var from = 0;
        foreach (var (at, size, text) in wishes.OrderBy(w => w.At % (length + 1)))
        {
            var start = at % (length + 1);
            if (start >= from)
            {
                Edit edit = new(new(start, Math.Min(size, length - start)), text);
                edits.Add(edit);
                from = edit.Span.End + 1;
            }
        }

        return edits;
    }

    private static string Diff(string path, byte[] bytes, List<Edit> edits) => Encoding.UTF8.GetString(DiffBytes(path, bytes, edits));

    private static byte[] DiffBytes(string path, byte[] bytes, List<Edit> edits)
    {
        using MemoryStream diff = new();
        UnifiedDiff.Write(diff, path, bytes, new SourceText(path, bytes).Apply(edits).Span, edits);
        return diff.ToArray();
    }

    private static void AppliesTo(string path, byte[] bytes, List<Edit> edits)
    {
        var expected = new SourceText(path, bytes).Apply(edits).Bytes.ToArray();
        var diff = DiffBytes(path, bytes, edits);
        if (diff.Length == 0)
        {
            Assert.Equal(bytes, expected);
            return;
        }

        foreach (var command in (string[][])[["git", "apply", "--whitespace=nowarn", "-"], ["patch", "-p1", "--binary", "--no-backup-if-mismatch", "-s"]])
        {
            var folder = Directory.CreateTempSubdirectory("cleat-diff-");
            try
            {
                var file = Path.Combine(folder.FullName, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file, bytes);
                var (exit, error) = Run(folder.FullName, command, diff);
                Assert.True(exit == 0, $"{command[0]}: {error}\n{Encoding.UTF8.GetString(diff)}");
                Assert.True(File.Exists(file), $"{command[0]} removed the file\n{Encoding.UTF8.GetString(diff)}");
                Assert.Equal(expected, File.ReadAllBytes(file));
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
    }

    private static (int Exit, string Error) Run(string folder, string[] command, byte[] input)
    {
        ProcessStartInfo start = new(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(folder);
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error);
    }
}
