using System.Text.Json;

namespace Cleat.Cli.Tests.Verbs;

public sealed class ResolveTests
{
    [Fact]
    public async Task References_come_from_standard_input_and_a_wrong_line_stops_no_other()
    {
        await using TagRegistry registry = new();
        var (digest, _) = registry.Add("2026-01-01T00:00:00Z", "linux/amd64");
        registry.Tag("app:1", digest);
        var list = $"# mine\n{registry.Host}/app:1\n\nNot A Reference\r\n{registry.Host}/app:1\n";

        var (code, output, error) = await InProcess.RunAsync(list, "resolve", "-", "--plain-http", registry.Host);

        Assert.Equal(ExitCode.Incomplete, code);
        Assert.Equal($"{digest}\n-\n{digest}\n", output);
        Assert.Contains("error[parse]: 'Not A Reference' is no image reference", error, StringComparison.Ordinal);
        Assert.Single(registry.Asked, a => a.EndsWith("/manifests/1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_platforms_are_listed_with_digest_and_size()
    {
        await using TagRegistry registry = new();
        var (digest, platforms) = registry.Add("2026-01-01T00:00:00Z", "linux/amd64", "linux/arm/v7", "unknown/unknown");
        registry.Tag("app:1", digest);

        var (code, output, _) = await InProcess.RunAsync("", "resolve", "--all-platforms", $"{registry.Host}/app:1", "--plain-http", registry.Host);
        Assert.Equal(ExitCode.Done, code);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.Equal([("linux/amd64", platforms["linux/amd64"]), ("linux/arm/v7", platforms["linux/arm/v7"])], lines.Select(l => (l[0], l[1])));
        Assert.All(lines, l => Assert.InRange(int.Parse(l[2], System.Globalization.CultureInfo.InvariantCulture), 100, 1000));

        (_, output, _) = await InProcess.RunAsync("", "resolve", "--all-platforms", $"{registry.Host}/app:1", "--plain-http", registry.Host, "--format", "json");
        using var json = JsonDocument.Parse(output);
        var reference = json.RootElement.GetProperty("references")[0];
        Assert.Equal(digest, reference.GetProperty("digest").GetString());
        Assert.Equal(["linux/amd64", "linux/arm/v7"], reference.GetProperty("platforms").EnumerateArray().Select(p => p.GetProperty("platform").GetString()));
    }

    [Fact]
    public async Task All_platforms_and_one_exclude_each_other()
    {
        var (code, _, error) = await InProcess.RunAsync("", "resolve", "--all-platforms", "--platform", "linux/amd64", "nginx");
        Assert.Equal((ExitCode.Usage, "cleat: --all-platforms and --platform exclude each other\n"), (code, error));
    }
}
