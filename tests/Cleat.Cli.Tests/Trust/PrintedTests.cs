using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cleat.Cli.Tests.Cluster;
using Cleat.Cli.Tests.Docker;
using Cleat.Tests.Registries;
using Cleat.Tests.Running.Docker;
using static Cleat.Tests.Running.Kubernetes.Objects;

namespace Cleat.Cli.Tests.Trust;

/// <summary>No control character, nothing that hides text, and no command of a CI system reaches a stream, from whatever it comes.</summary>
public sealed partial class PrintedTests : IDisposable
{
    private static readonly string[] Evil =
    [
        "::add-mask::x", " \t::set-env name=A::b", "##[group]x", "##vso[task.setvariable variable=a]b", "##teamcity[x]",
        "a\n::error::forged", "a\r\n##[error]forged", "\e[2J\e]0;title\a", "\e[31mred", "\r\e[K::x::", "\b\b", "\u009b2J", "\u0085::x::", "\u202Eevil\u2066", "a\u2028::b::", "\uFEFF::x::", "\u007F", "#\u200B#[x]",
    ];

    private readonly CommandRun run = new();

    public static TheoryData<int> Each => [.. Enumerable.Range(0, Evil.Length)];

    public void Dispose() => run.Dispose();

    [Theory]
    [MemberData(nameof(Each))]
    public async Task A_tree_that_is_full_of_it(int index)
    {
        var evil = Evil[index];
        var key = Quoted(evil);
        run.Put($"{evil}/{evil}.yaml", $"apiVersion: v1\nkind: Pod\nmetadata: {{name: {key}}}\nspec:\n  containers:\n  - image: {key}\n  - image: nginx:1\n  {key}: [\n");
        run.Put($"{evil}.dockerfile", $"FROM {evil} AS {evil}\nFROM nginx:1 # cleat: ignore[{evil}] {evil}\n");
        run.Put("compose.yaml", $"services:\n  {key}:\n    image: {key}\n  b: {{image: \"nginx:${{{evil.ReplaceLineEndings("")}}}\"}}\n");
        run.Put("k/kustomization.yaml", $"resources: [{key}]\nimages: [{{name: {key}, newTag: {key}}}, {{name: nginx, newTag: \"1\"}}]\n");
        run.Put("cleat.lock", $"{{\"version\": 1, {key}: {key}}}");
        run.Put("base.json", $"[{key}");
        foreach (var format in (string[])["text", "json", "sarif"])
        {
            await Clean("check", "--format", format, run.Folder);
            await Clean("list", "--verbose", "--format", format, run.Folder);
        }

        await Clean("pin", "--check", "--from", Path.Combine(SourceTree.Root, "examples/registry"), run.Folder);
        await Clean("pin", "--check", "--offline", "--lock", run.At("cleat.lock"), run.Folder);
        await Clean("check", "--baseline", run.At("base.json"), run.Folder);
        await Clean("unpin", "--check", run.Folder);
        foreach (var config in (string[])[$"{key}: 1\n", $"rules: {{{key}: off}}\n", $"registries: {{{key}: {{mirror: {key}}}}}\n", $"exempt: [{{image: {key}, reason: {key}}}]\n", $"rules: {{unpinned-image: {key}}}\n", $"formats: [{{name: {key}, files: [{key}], paths: [{key}]}}]\n", evil + "\n"])
        {
            run.Put(".cleat.yaml", config);
            await Clean("check", run.Folder);
            await Clean("explain", "--config", run.At(".cleat.yaml"), "nginx:1");
        }
    }

    [Theory]
    [MemberData(nameof(Each))]
    public async Task A_command_line_that_is_full_of_it(int index)
    {
        var evil = Evil[index];
        await Clean(evil);
        await Clean("help", evil);
        await Clean("explain", evil);
        await Clean("resolve", evil);
        await Clean("resolve", "--platform", evil, "a");
        await Clean("resolve", "--plain-http", evil, "a");
        await Clean("resolve", "--ca-file", evil, "a");
        foreach (var option in (string[])["--config", "--baseline", "--since", "--format", "--output", "--enable", "--jobs", "--" + evil])
        {
            await Clean("check", option, evil, run.Folder);
        }

        foreach (var option in (string[])["--lock", "--from", "--style", "--platform", "--cosign-key"])
        {
            await Clean("pin", "--check", option, evil, run.Folder);
        }

        await Clean("check", evil, $"{run.Folder}/{evil}");
        await Clean("docker", "--host", evil);
        await Clean("docker", "--context", evil);
        await Clean("cluster", "--kubeconfig", evil);
    }

    [Fact]
    public async Task A_registry_that_answers_with_it()
    {
        var evil = string.Join('\n', Evil);
        var json = JsonSerializer.Serialize(evil);
        var header = evil.ReplaceLineEndings(" ");
        foreach (var reply in (ScriptedReply[])[
            Replies.Text(404, $$"""{"errors":[{"code":{{json}},"message":{{json}}}]}"""),
            Replies.Text(403, evil),
            Replies.Text(200, $$"""{"schemaVersion":2,"mediaType":{{json}},"manifests":[{"platform":{"os":{{json}},"architecture":{{json}} } }]}"""),
            Replies.With(401, [], $"WWW-Authenticate: {header} realm=\"{header}\""),
            Replies.With(307, [], $"Location: {header}"),
            Replies.With(429, [], $"Retry-After: {header}")])
        {
            await using var server = new ScriptedServer(_ => reply);
            run.Put("Dockerfile", $"FROM {server.Host}/app:1\nFROM {server.Host}/app:1@sha256:{new string('a', 64)}\n");
            await Clean("pin", "--check", "--timeout", "1", run.At("Dockerfile"));
            await Clean("verify", "--timeout", "1", "--format", "json", run.At("Dockerfile"));
            await Clean("resolve", "--all-platforms", "--timeout", "1", $"{server.Host}/app:1");
        }
    }

    [Fact]
    public async Task An_engine_and_a_cluster_whose_objects_are_called_so()
    {
        var joined = string.Join('\n', Evil);
        var all = Quoted(joined);
        await using var engine = CannedEngine.Start()
            .Image("sha256:aaaaaaaaaaaaaaaa", [.. Evil.Select(e => $"{e}@{CannedEngine.Old}"), $"nginx@{CannedEngine.Old}"])
            .Container("a", "nginx:1", "sha256:aaaaaaaaaaaaaaaa", "running", ("com.docker.compose.project", joined), ("com.docker.compose.service", joined))
            .Container("b", joined, "sha256:aaaaaaaaaaaaaaaa", joined);
        engine.Says("/info", $$"""{"Name":{{all}},"OSType":{{all}},"Architecture":{{all}},"Swarm":{"LocalNodeState":"inactive"} }""");
        foreach (var format in (string[])["text", "json", "html", "sarif"])
        {
            await Clean(engine.Run("docker", "--format", format));
        }

        await Clean(engine.Run("docker", "pin"));
        using LoopbackApi api = new();
        api.List("/apis/apps/v1/deployments", [.. Evil.Select(Quoted).Select(quoted => $$$"""{"metadata":{"name":{{{quoted}}},"namespace":{{{quoted}}},"uid":"1"},"spec":{"template":{"spec":{"containers":[{"name":{{{quoted}}},"image":"nginx:1"},{"name":"b","image":{{{quoted}}} }]} } } }""")]);
        api.List("/api/v1/pods", Pod("a", null, "nginx:1", "nginx@" + CannedEngine.Old, "n1"));
        api.Answer("/apis/batch/v1/jobs", $$"""{"kind":"Status","message":{{all}},"reason":{{all}} }""", 403);
        foreach (var format in (string[])["text", "json", "html", "sarif"])
        {
            await Clean(api.CleatAsync("--format", format));
        }

        await Clean(api.CleatAsync("pin"));
        await Clean(api.CleatAsync("pin", "--patch"));
    }

    private static async Task Clean(params string[] args) => await Clean(CommandRun.Of(args), string.Join(' ', args));

    private static async Task Clean(Task<(int Code, string Output, string Error)> running, string what = "")
    {
        var (_, output, error) = await running;
        foreach (var text in (string[])[output, error])
        {
            Assert.DoesNotContain(text, c => c is not ('\n' or '\t') && (char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));
            Assert.False(Command().Match(text) is { Success: true } found, $"{what}: {text}");
        }
    }

    private static string Quoted(string text) => $"\"{JavaScriptEncoder.Default.Encode(text)}\"";

    [GeneratedRegex(@"^\s*::|##[A-Za-z]*\[", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Command();
}
