using System.Diagnostics;
using System.Text.RegularExpressions;
using Cleat.Cli.Tests.Trust;

namespace Cleat.EndToEnd.Trust;

/// <summary>What is opened in a tree of traps, as the kernel saw it (strace(1)): nothing that lies outside of the tree.</summary>
public sealed partial class NothingOutsideTests
{
    [Theory]
    [InlineData("check", ".")]
    [InlineData("list", "--no-ignore", ".")]
    [InlineData("pin", "--timeout", "1", ".")]
    [InlineData("update", "--timeout", "1", ".")]
    [InlineData("unpin", ".")]
    public async Task Nothing_outside_of_the_tree_is_opened(params string[] args)
    {
        const string strace = "/usr/bin/strace";
        Assert.SkipUnless(File.Exists(strace), "there is no strace");
        using HostileTree tree = new("127.0.0.1:9");
        var log = tree.Folder["strace"];
        ProcessStartInfo start = new(strace, ["-f", "-y", "-e", "trace=open,openat,openat2,creat", "-o", log, "dotnet", Path.Combine(AppContext.BaseDirectory, "cleat.dll"), .. args])
        {
            WorkingDirectory = tree.Folder["work"],
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = tree.Folder["home"];
        start.Environment["XDG_CACHE_HOME"] = tree.Folder["cache"];
        start.Environment["HTTPS_PROXY"] = "http://127.0.0.1:9";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await error;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        var opened = Opened().Matches(await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken)).Select(m => m.Groups[1].Value).ToList();
        Assert.Contains(tree.Folder["work/kinds"], opened);
        Assert.DoesNotContain(opened, path => path.StartsWith(tree.Folder["outside"], StringComparison.Ordinal)
            || path.StartsWith(tree.Folder["home/.aws"], StringComparison.Ordinal)
            || path.EndsWith("/environ", StringComparison.Ordinal)
            || path == "/dev/zero");
    }

    // "= 55</tmp/x/work/k>"
    [GeneratedRegex(@"= \d+<([^>\n]+)>", RegexOptions.CultureInvariant)]
    private static partial Regex Opened();
}
