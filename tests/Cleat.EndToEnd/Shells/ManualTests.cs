using System.Diagnostics;
using Cleat.Cli.Tests;

namespace Cleat.EndToEnd.Shells;

/// <summary>The manual by mandoc's rules.</summary>
public sealed class ManualTests
{
    [Fact]
    public async Task The_manual_is_well_written()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mandoc"), "there is no mandoc: ./test --end-to-end installs it");
        using TemporaryFolder folder = new();
        var (_, manual, _) = await InProcess.RunAsync("", "help", "--man");
        // a page without a date is the same whenever it is made
        ProcessStartInfo start = new("/usr/bin/mandoc", ["-T", "lint", "-W", "warning", folder.Put("cleat.1", manual)]) { RedirectStandardOutput = true };
        using var mandoc = Process.Start(start)!;
        var said = await mandoc.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(said.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => !line.Contains("missing date", StringComparison.Ordinal));
    }
}
