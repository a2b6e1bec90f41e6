using System.Diagnostics;
using System.Globalization;

namespace Cleat.Smoke;

/// <summary>
/// <c>kill -9</c> at random moments while <c>pin</c> writes a tree: every file is either old or new. <c>./test --long</c> does it 100 times
/// on 5,000 files; <c>CLEAT_KILLS</c> and <c>CLEAT_KILL_FILES</c> say other numbers.
/// </summary>
public sealed class KilledTests : IDisposable
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("CLEAT_FUZZ") == "long";
    private static readonly int Kills = Number("CLEAT_KILLS", Long ? 100 : 8);
    private static readonly int Files = Number("CLEAT_KILL_FILES", Long ? 5000 : 400);

    private readonly string work = Directory.CreateTempSubdirectory("cleat-killed").FullName;
    private readonly string layout = Path.Combine(SourceTree.Root, "examples", "registry");

    public void Dispose() => Directory.Delete(work, recursive: true);

    [Fact]
    public async Task Every_file_is_old_or_new_whenever_the_run_is_killed()
    {
        var names = Enumerable.Range(0, Files).Select(i => Path.Combine(work, $"d{i % 50}", $"f{i}.yaml")).ToList();
        var old = names.Select((_, i) => $"# {i}\napiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: nginx:1.27\n    name: a{new string('x', i % 4000)}\n").ToList();
        Directory.CreateDirectory(work);
        Fill(names, old, []);
        var (code, whole, writing) = await RunAsync(names, old, null);
        Assert.Equal(0, code);
        var pinned = names.Select(File.ReadAllText).ToList();
        Assert.All(pinned.Zip(old), p => Assert.NotEqual(p.First, p.Second));

        Random random = new(20261123);
        var (midway, stray) = (0, 0);
        for (var kill = 0; kill < Kills; kill++)
        {
            Fill(names, old, pinned);

            // at any moment of the run, and, since that is often while it reads, at any moment after the first file was written
            await RunAsync(names, old, kill % 2 == 0 ? whole * random.NextDouble() : writing * random.NextDouble(), afterFirst: kill % 2 == 1);
            var now = names.Select(File.ReadAllText).ToList();
            Assert.All(now.Zip(old, pinned), f => Assert.True(f.First == f.Second || f.First == f.Third, $"neither old nor new: {f.First}"));
            var changed = now.Zip(old).Count(p => p.First != p.Second);
            midway += changed > 0 && changed < Files ? 1 : 0;
            foreach (var left in Directory.EnumerateFiles(work, ".cleat-*", SearchOption.AllDirectories))
            {
                stray++;
                File.Delete(left);
            }
        }

        TestContext.Current.SendDiagnosticMessage($"{Kills} kills, {midway} in the middle of writing, {stray} temporary files left, a whole run {whole.TotalSeconds:0.00} s, {writing.TotalSeconds:0.00} s of it writing");
        Assert.True(midway > 0, "no run was killed while it wrote: the test shows nothing");
        Assert.True(stray <= Kills, "a run left more than the one file it was writing");

        // what is left is done by the next run
        Fill(names, old, []);
        await RunAsync(names, old, writing / 2, afterFirst: true);
        Assert.Equal(0, (await RunAsync(names, old, null)).Code);
        Assert.Equal(pinned, names.Select(File.ReadAllText));
    }

    [Fact]
    public async Task An_interrupted_run_ends_between_two_files()
    {
        var names = Enumerable.Range(0, Files).Select(i => Path.Combine(work, $"f{i}.yaml")).ToList();
        var old = names.Select((_, i) => $"# {i}\napiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: nginx:1.27\n").ToList();
        var midway = 0;
        for (var attempt = 0; attempt < 10 && midway == 0; attempt++)
        {
            Fill(names, old, []);
            using var process = Process.Start(new ProcessStartInfo(NativeBinaryTests.Binary, ["pin", work, "--from", layout, "--quiet"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            while (!process.HasExited && names.TrueForAll(n => new FileInfo(n).Length == old[names.IndexOf(n)].Length))
            {
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }

            using (var interrupt = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
            {
                await interrupt.WaitForExitAsync(TestContext.Current.CancellationToken);
            }

            var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Empty(Directory.EnumerateFiles(work, ".cleat-*", SearchOption.AllDirectories));
            Assert.All(names.Zip(old), f => Assert.Equal(f.Second, System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(f.First), "@sha256:[0-9a-f]{64}", "")));
            if (process.ExitCode != 0)
            {
                midway++;
                Assert.Equal(130, process.ExitCode);
                Assert.Contains("every file is whole", said, StringComparison.Ordinal);
            }
        }

        Assert.True(midway > 0, "no run was interrupted while it wrote: the test shows nothing");
    }

    private static void Fill(List<string> names, List<string> texts, List<string> pinned)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (pinned.Count == 0 || File.ReadAllText(names[i]) == pinned[i])
            {
                Directory.CreateDirectory(Path.GetDirectoryName(names[i])!);
                File.WriteAllText(names[i], texts[i]);
            }
        }
    }

    /// <param name="killAfter">Null to let it end by itself.</param>
    /// <param name="afterFirst">True to count from when the first file was written.</param>
    /// <returns>How it ended, how long it took, and how much of that from the first file that was written.</returns>
    private async Task<(int Code, TimeSpan Whole, TimeSpan Writing)> RunAsync(List<string> names, List<string> old, TimeSpan? killAfter, bool afterFirst = false)
    {
        // files are written in the order of their paths
        var first = names.Index().MinBy(n => n.Item, StringComparer.Ordinal).Index;
        var size = old[first].Length;
        using var process = Process.Start(new ProcessStartInfo(NativeBinaryTests.Binary, ["pin", work, "--from", layout, "--quiet"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var started = Stopwatch.GetTimestamp();
        var ended = process.WaitForExitAsync();
        if (killAfter is null || afterFirst)
        {
            while (!ended.IsCompleted && new FileInfo(names[first]).Length == size)
            {
                await Task.Delay(1);
            }
        }

        var written = Stopwatch.GetTimestamp();
        if (killAfter is { } time)
        {
            await Task.WhenAny(ended, Task.Delay(time));
            process.Kill();
        }

        await ended;
        return (process.ExitCode, Stopwatch.GetElapsedTime(started), Stopwatch.GetElapsedTime(written));
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var said) ? said : otherwise;
}
