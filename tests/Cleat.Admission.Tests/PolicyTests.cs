using System.Text.RegularExpressions;
using Cleat.Cli.Tests;
using Cleat.References;

namespace Cleat.Admission.Tests;

/// <summary>What <c>cleat policy</c> prints. Kubernetes' own code evaluates it among the end-to-end tests; here its regular expression is held against the parser.</summary>
public sealed partial class PolicyTests
{
    [Fact]
    public void The_expression_has_the_parsers_verdict()
    {
        var policy = AdmissionPolicy.Write(new());
        var pattern = Pattern().Match(policy).Groups[1].Value.Replace(@"\\", @"\", StringComparison.Ordinal);
        Assert.StartsWith("^", pattern, StringComparison.Ordinal);

        // RE2: $ is the end of the text, \w is ASCII, and nothing is backtracked
        Regex re2 = new(pattern.Replace("$", @"\z", StringComparison.Ordinal).Replace(@"\w", "[0-9A-Za-z_]", StringComparison.Ordinal).Replace(@"[[0-9A-Za-z_]", "[0-9A-Za-z_", StringComparison.Ordinal).Replace("_].-]", "_.-]", StringComparison.Ordinal), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        var (pinned, differences) = (0, new List<string>());
        foreach (var text in ReferenceSamples.All(30_000))
        {
            var isPinned = ImageReference.TryParse(text, out var reference, out _) && reference.Digest is not null;
            pinned += isPinned ? 1 : 0;
            if ((re2.IsMatch(text) && IsShortEnough(text)) != isPinned)
            {
                differences.Add(text);
            }
        }

        Assert.Equal([], differences);
        Assert.InRange(pinned, 1000, 25_000);
    }

    [Theory]
    [InlineData("docker.io/library/nginx", "app", "nginx:1", true)]
    [InlineData("nginx", "app", "docker.io/library/nginx", true)]
    [InlineData("nginx", "app", "nginx-evil", false)]
    [InlineData("internal-registry.lan/*", "app", "internal-registry.lan/x/y:1", true)]
    [InlineData("internal-registry.lan/*", "app", "internal-registry.lan.attacker.example/x", false)]
    [InlineData("internal-registry.lan/*", "app", "attacker.example/internal-registry.lan/x", false)]
    [InlineData("istio-proxy=docker.io/istio/*", "istio-proxy", "istio/proxyv2", true)]
    [InlineData("istio-proxy=docker.io/istio/*", "app", "istio/proxyv2", false)]
    public void Exemptions_hold_at_boundaries(string pattern, string container, string image, bool exempt)
    {
        Assert.True(ImageExemption.TryParse(pattern, out var exemption, out _));
        Assert.True(ImageReference.TryParse(image, out var reference, out _));
        Assert.Equal(exempt, exemption.Exempts(container, reference));
    }

    [Theory]
    [InlineData("nginx:1")]
    [InlineData("*")]
    [InlineData("*/x")]
    [InlineData("A B=nginx")]
    [InlineData("")]
    public void What_is_no_pattern_is_refused(string pattern) => Assert.False(ImageExemption.TryParse(pattern, out _, out _));

    [Theory]
    [InlineData("policy")]
    [InlineData("policy", "--form", "kyverno", "--action", "deny")]
    [InlineData("policy", "--form", "gatekeeper")]
    [InlineData("policy", "--mutate")]
    [InlineData("policy", "--kinds", "pods,deployments,cronjobs", "--exempt", "docker.io/library/*", "--opt-out", "none", "--exempt-namespace", "a,b", "--name", "mine")]
    public async Task What_is_printed_stays_as_it_is(params string[] arguments)
    {
        var (code, output, error) = await InProcess.RunAsync("", arguments);
        Assert.Equal((0, ""), (code, error));
        var file = Path.Combine(SourceTree.Root, "tests", "Cleat.Admission.Tests", "policies", string.Join('_', arguments.Skip(1).Select(a => a.Trim('-').Replace('/', '.').Replace("*", "all", StringComparison.Ordinal)).DefaultIfEmpty("plain")) + ".yaml");
        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, output, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), output);
    }

    [Theory]
    [InlineData("--exempt: 'nginx:1' names a tag or a digest", "--exempt", "nginx:1")]
    [InlineData("'secrets' is no kind with pods in it", "--kinds", "secrets")]
    [InlineData("--lock stands with --mutate", "--lock", "x")]
    [InlineData("no such file", "--mutate", "--lock", "/nowhere/cleat.lock")]
    [InlineData("--name 'A b' is no name", "--name", "A b")]
    public async Task A_mistake_is_said(string message, params string[] arguments)
    {
        var (code, output, error) = await InProcess.RunAsync("", ["policy", .. arguments]);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_becomes_objects_with_every_way_to_write_its_references()
    {
        using TemporaryFolder folder = new();
        var (a, b) = (new string('a', 64), new string('b', 64));
        var file = folder.Put("cleat.lock", $"version: 1\n\ndocker.io/library/nginx:latest:\n  digest: sha256:{a}\n  type: application/vnd.oci.image.index.v1+json\n  resolved: 2026-01-01T00:00:00Z\n  from: registry\n\nghcr.io/acme/app:2:\n  digest: sha256:{b}\n  type: application/vnd.oci.image.index.v1+json\n  resolved: 2026-01-01T00:00:00Z\n  from: registry\n");
        var (code, output, _) = await InProcess.RunAsync("", "policy", "--mutate", "--lock", file);
        Assert.Equal(0, code);
        foreach (var written in (string[])["nginx", "library/nginx", "docker.io/nginx", "docker.io/library/nginx", "index.docker.io/library/nginx", "index.docker.io/nginx"])
        {
            Assert.Contains($"    '{written}': ':latest@sha256:{a}'\n    ", output + "    ", StringComparison.Ordinal);
            Assert.Contains($"    '{written}:latest': '@sha256:{a}'\n", output, StringComparison.Ordinal);
        }

        Assert.EndsWith($"    'ghcr.io/acme/app:2': '@sha256:{b}'\n", output, StringComparison.Ordinal);
    }

    // the same rule in other words: what stands behind the registry, with the namespace of Docker Hub, has 255 characters at most
    private static bool IsShortEnough(string text)
    {
        var name = text.Split('@')[0];
        var slash = name.LastIndexOf('/');
        var colon = name.IndexOf(':', slash + 1);
        name = colon < 0 ? name : name[..colon];
        var first = name.IndexOf('/', StringComparison.Ordinal);
        var host = first < 0 ? "" : name[..first];
        var isHost = host == "localhost" || host.Any(c => c is '.' or ':' or (>= 'A' and <= 'Z'));
        var repository = isHost ? name[(first + 1)..] : name;
        var isHub = !isHost || host is "docker.io" or "index.docker.io";
        return (isHost && host.Contains('_', StringComparison.Ordinal) ? name.Length : repository.Length + (isHub && !repository.Contains('/', StringComparison.Ordinal) ? 8 : 0)) <= 255;
    }

    [GeneratedRegex(@"c\.image\.matches\(''(\^[^']+)''\)")]
    private static partial Regex Pattern();
}
