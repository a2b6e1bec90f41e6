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
    private readonly string layout = Path.Combine(NativeBinaryTests.Root, "examples", "registry");

    public void Dispose() => Directory.Delete(work, recursive: true);

    [Fact]
    public async Task Every_file_is_old_or_new_whenever_the_run_is_killed()
    {
        var names = Enumerable.Range(0, Files).Select(i => Path.Combine(work, $"d{i % 50}", $"f{i}.yaml")).ToList();
        var old = names.Select((_, i) => $"# {i}\napiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: nginx:1.27\n    name: a{new string('x', i % 4000)}\n").ToList();
        Directory.CreateDirectory(work);
        Fill(names, old, []);
        var started = Stopwatch.GetTimestamp();
        Assert.Equal(0, await RunAsync(null));
        var whole = Stopwatch.GetElapsedTime(started);
        var pinned = names.Select(File.ReadAllText).ToList();
        Assert.All(pinned.Zip(old), p => Assert.NotEqual(p.First, p.Second));

        Random random = new(20261123);
        var (midway, stray) = (0, 0);
        for (var kill = 0; kill < Kills; kill++)
        {
            Fill(names, old, pinned);
            await RunAsync(whole * random.NextDouble());
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

        TestContext.Current.SendDiagnosticMessage($"{Kills} kills, {midway} in the middle of writing, {stray} temporary files left, a whole run {whole.TotalSeconds:0.00} s");
        Assert.True(midway > 0, "no run was killed while it wrote: the test shows nothing");
        Assert.True(stray <= Kills, "a run left more than the one file it was writing");

        // what is left is done by the next run
        Fill(names, old, []);
        await RunAsync(whole / 2);
        Assert.Equal(0, await RunAsync(null));
        Assert.Equal(pinned, names.Select(File.ReadAllText));
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

    /// <returns>The exit code; that of a killed run when a time is given.</returns>
    private async Task<int> RunAsync(TimeSpan? killAfter)
    {
        using var process = Process.Start(new ProcessStartInfo(NativeBinaryTests.Binary, ["pin", work, "--from", layout, "--quiet"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var ended = process.WaitForExitAsync();
        if (killAfter is { } time)
        {
            await Task.WhenAny(ended, Task.Delay(time));
            process.Kill();
        }

        await ended;
        return process.ExitCode;
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var said) ? said : otherwise;
}
