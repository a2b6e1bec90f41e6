using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Cleat.Cli.Tests;

namespace Cleat.EndToEnd.Reports;

/// <summary>The page of <c>--format html</c> in Debian's Chromium: wide and narrow, light and dark, with and without scripts, by keyboard, and by axe's rules.</summary>
public sealed class ReportPageTests
{
    private const string Chromium = "/usr/bin/chromium";
    private static readonly string Cases = Path.Combine(SourceTree.Root, "tests/Cleat.Cli.Tests/Reports/cases");

    public ReportPageTests()
    {
        Assert.SkipUnless(File.Exists(Chromium), "there is no chromium: ./test --end-to-end installs it");
        Assert.SkipUnless(Directory.Exists(NodePackages.Folder), "there are no packages of npm: run tests/tools/node");
    }

    [Fact]
    public async Task It_is_whole_in_itself_and_for_everybody()
    {
        using TemporaryFolder folder = new();
        await InProcess.RunAsync("", "check", "--format", "html", "-o", folder["report.html"], Cases);
        var found = Open(folder["report.html"], "pod.yaml").ToList();
        Assert.Equal([(360, "rgb(255, 255, 255)"), (1440, "rgb(20, 23, 26)"), (360, "rgb(20, 23, 26)")], found.Select(f => (f.GetProperty("width").GetInt32(), f.GetProperty("background").GetString())));
        foreach (var one in found)
        {
            Sound(one);
            var scripts = one.GetProperty("javaScriptEnabled").GetBoolean();
            Assert.Equal(scripts, one.GetProperty("filter").GetBoolean());
            if (scripts)
            {
                Assert.Equal("To the findings", one.GetProperty("first").GetString());
                Assert.Equal("search", one.GetProperty("focused").GetString());
                Assert.InRange(one.GetProperty("shown").GetInt32(), 1, one.GetProperty("findings").GetInt32() - 1);
                Assert.InRange(one.GetProperty("notes").GetInt32(), 1, one.GetProperty("findings").GetInt32() - 1);
                Assert.Empty(one.GetProperty("violations").EnumerateArray().Select(v => v.GetString()));
            }
        }
    }

    [Fact]
    public async Task Ten_thousand_findings_open()
    {
        using TemporaryFolder folder = new();
        for (var file = 0; file < 500; file++)
        {
            folder.Put(string.Create(CultureInfo.InvariantCulture, $"tree/team{file % 25}/service{file}/pod.yaml"), string.Concat(Enumerable.Range(0, 20).Select(pod =>
                string.Create(CultureInfo.InvariantCulture, $"apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: registry.example/service{file}-{pod}:v1.{pod}\n---\n"))));
        }

        await InProcess.RunAsync("", "check", "--format", "html", "-o", folder["report.html"], folder["tree"]);
        foreach (var one in Open(folder["report.html"], "service77-"))
        {
            Sound(one);
            Assert.Equal(10_000, one.GetProperty("findings").GetInt32());
            Assert.Equal(20, one.TryGetProperty("shown", out var shown) ? shown.GetInt32() : 20);
            TestContext.Current.TestOutputHelper?.WriteLine($"opened in {one.GetProperty("milliseconds")} ms at {one.GetProperty("width")} pixels");
        }
    }

    private static void Sound(JsonElement one)
    {
        Assert.Empty(one.GetProperty("messages").EnumerateArray().Select(m => m.GetString()));
        Assert.Single(one.GetProperty("requests").EnumerateArray());
        Assert.Equal(0, one.GetProperty("overflow").GetInt32());
        Assert.NotEqual(0, one.GetProperty("findings").GetInt32());
    }

    private static List<JsonElement> Open(string page, string search)
    {
        ProcessStartInfo start = new("node", [Path.Combine(SourceTree.Root, "tests/Cleat.EndToEnd/Reports/node/page.mjs"), NodePackages.Folder, page, search]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var node = Process.Start(start)!;
        var error = node.StandardError.ReadToEndAsync();
        var output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        Assert.True(node.ExitCode == 0, error.Result);
        using var json = JsonDocument.Parse(output);
        return [.. json.RootElement.EnumerateArray().Select(e => e.Clone())];
    }
}
