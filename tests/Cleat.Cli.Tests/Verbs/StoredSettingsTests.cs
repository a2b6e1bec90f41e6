using System.Text;
using Cleat.Tests.Registries;

namespace Cleat.Cli.Tests.Verbs;

/// <summary>What a user's own files say of registries, in a process with a home of its own.</summary>
public sealed class StoredSettingsTests : IDisposable
{
    private const string Password = "s3cret-Pq81";
    private const string Identity = "s3cret-Identity55";
    private const string Bearer = "s3cret-Bearer93";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Explain_says_who_is_asked_and_with_which_credential()
    {
        folder.Put("home/.config/containers/auth.json", Auths(("r.example/team", $"ann:{Password}")));
        folder.Put("home/.docker/config.json", """{"credHelpers":{"mirror.example:5000":"vault"},"credsStore":"desktop"}""");
        folder.Put("home/.config/containers/registries.conf", "[[registry]]\nlocation = 'r.example'\n[[registry.mirror]]\nlocation = 'second.example/cache'\n");
        folder.Put("work/x", "");
        folder.Put("home/.config/cleat/config.yaml", "registries: {r.example: {mirror: \"mirror.example:5000\"}}\n");

        var (code, output, error) = await RunAsync("explain", "r.example/team/app:1");
        Assert.Equal((ExitCode.Done, ""), (code, error));
        var home = folder["home"];
        Assert.Contains(
            $"""
              asks        mirror mirror.example:5000 for team/app ({home}/.config/cleat/config.yaml)
              credential  docker-credential-vault for mirror.example:5000 (credHelpers in {home}/.docker/config.json)
              asks        mirror second.example for cache/team/app ({home}/.config/containers/registries.conf)
              credential  docker-credential-desktop for second.example (credsStore in {home}/.docker/config.json)
              asks        r.example for team/app
              credential  {home}/.config/containers/auth.json, key r.example/team

            """,
            output,
            StringComparison.Ordinal);
        Assert.DoesNotContain(Password, output, StringComparison.Ordinal);
        Assert.DoesNotContain("ann", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_says_what_is_blocked_and_what_cannot_be_read()
    {
        folder.Put("home/.config/containers/registries.conf", "[[registry]]\nlocation = 'r.example'\nblocked = true\n");
        folder.Put("home/.docker/config.json", "{");
        folder.Put("work/x", "");
        var (_, output, error) = await RunAsync("explain", "r.example/app:1");
        Assert.Contains($"  blocked     {folder["home"]}/.config/containers/registries.conf blocks r.example: r.example is not asked\n", output, StringComparison.Ordinal);
        Assert.Contains("config.json is not valid JSON", error, StringComparison.Ordinal);
        var (code, _, refused) = await RunAsync("resolve", "r.example/app:1");
        Assert.Equal(ExitCode.Incomplete, code);
        Assert.Contains("registries.conf blocks r.example", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_config_s_mirror_is_asked_first()
    {
        await using var mirror = new ScriptedServer(_ => Replies.Manifest(new SampleImage("linux/amd64").Index, SampleImage.IndexType));
        folder.Put("home/.config/cleat/config.yaml", $"registries: {{docker.io: {{mirror: \"{mirror.Host}\"}}}}\n");
        folder.Put("work/Dockerfile", "FROM nginx:1.27\n");
        var (code, _, error) = await RunAsync("pin", ".");
        Assert.Equal((ExitCode.Done, $"note: the mirror {mirror.Host} answered for docker.io/library/nginx ({folder["home"]}/.config/cleat/config.yaml names it)\n1 reference pinned in 1 file\n"), (code, error));
        Assert.StartsWith("FROM nginx:1.27@sha256:", folder.Read("work/Dockerfile"), StringComparison.Ordinal);
        Assert.Contains("HEAD /v2/library/nginx/manifests/1.27", mirror.Lines);
    }

    [Fact]
    public async Task No_secret_is_ever_said()
    {
        // a registry that repeats what it was sent, wherever it may
        await using var server = new ScriptedServer(r =>
            r.Target.StartsWith("/token", StringComparison.Ordinal) ? (r.Method == "POST" ? Replies.Text(404, r.Body) : Replies.Text(200, $$"""{"token":"{{Bearer}}"}"""))
            : r["Authorization"] is { } sent && sent.Contains(Bearer, StringComparison.Ordinal) ? (r.Target.EndsWith("/good", StringComparison.Ordinal)
                ? Replies.Manifest(new SampleImage("linux/amd64").Index, SampleImage.IndexType)
                : Replies.Text(403, $$"""{"errors":[{"code":"DENIED","message":"{{sent}} {{Password}}"}]}"""))
            : Replies.With(401, [], $"WWW-Authenticate: Bearer realm=\"http://{r["Host"]}/token\",service=\"x\""));
        folder.Put("home/.docker/config.json", $$$"""{"auths":{"{{{server.Host}}}":{"auth":"{{{Base64($"ann:{Password}")}}}","identitytoken":"{{{Identity}}}"} } }""");
        folder.Put("work/Dockerfile", $"FROM {server.Host}/app:good\nFROM {server.Host}/app:bad\n");
        List<string> said = [];
        foreach (var args in (string[][])[["pin", "--verbose", "--diff", "."], ["pin", "--verbose", "."], ["check", "--verbose", "."], ["list", "--verbose", "."],
            ["verify", "--verbose", "."], ["update", "--verbose", "."], ["resolve", $"{server.Host}/app:good", $"{server.Host}/app:bad"], ["explain", $"{server.Host}/app:bad"]])
        {
            var (_, output, error) = await RunAsync(args);
            said.Add(output + error);
        }

        Assert.Contains(server.Requests, r => r.Body.Contains(Identity, StringComparison.Ordinal));
        Assert.Contains(server.Requests, r => r["Authorization"] == $"Basic {Base64($"ann:{Password}")}");
        Assert.Contains(server.Requests, r => r["Authorization"] == $"Bearer {Bearer}");
        Assert.Contains(said, s => s.Contains("denied", StringComparison.Ordinal));
        var files = Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith("config.json", StringComparison.Ordinal)).Select(File.ReadAllText);
        Assert.All(said.Concat(files), text => Assert.All([Password, Identity, Bearer, Base64($"ann:{Password}")], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal)));
    }

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] args) => OwnHome.RunAsync(folder, args);

    private static string Auths(params (string Key, string Pair)[] entries) =>
        $$"""{"auths":{ {{string.Join(",", entries.Select(e => $"\"{e.Key}\":{{\"auth\":\"{Base64(e.Pair)}\"}}"))}} } }""";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
