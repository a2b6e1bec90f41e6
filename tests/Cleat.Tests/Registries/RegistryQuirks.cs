using System.Text;
using Cleat.Registries.SignIn;
using Cleat.Registries;

namespace Cleat.Tests.Registries;

/// <summary>What the registries people use do in their own way, each played by a server on loopback under the registry's name.</summary>
public sealed class RegistryQuirks
{
    private static readonly SampleImage Image = new("linux/amd64", "linux/arm64");
    private static readonly ScriptedReply Found = Replies.Manifest(Image.Index, SampleImage.IndexType);
    private static readonly Resolution Believed = new Resolution.Resolved(Image.IndexDigest, SampleImage.IndexType, Verified: false);
    private static readonly Resolution Hashed = new Resolution.Resolved(Image.IndexDigest, SampleImage.IndexType, Verified: true);

    private static string Basic(string user, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    private static ScriptedReply Challenge(string text) => Replies.With(401, """{"errors":[{"code":"UNAUTHORIZED"}]}"""u8.ToArray(), $"WWW-Authenticate: {text}");

    private static Credentials Stored(string key, string user, string password) => Credentials.For(key, new(user, new(password)));

    [Theory]
    [InlineData("nginx:1.27")]
    [InlineData("docker.io/nginx:1.27")]
    [InlineData("index.docker.io/nginx:1.27")]
    [InlineData("docker.io/library/nginx:1.27")]
    public async Task Docker_hub(string reference)
    {
        await using var hub = new RealNames(r => r["Host"] switch
        {
            "auth.docker.io" => r["Authorization"] == Basic("ann", "hub-Wq31") ? Replies.Text(200, """{"token":"T1","expires_in":300,"issued_at":"2026-01-01T00:00:00Z"}""") : Replies.With(401),
            "registry-1.docker.io" when r["Authorization"] == "Bearer T1" => Replies.With(200, Image.Index, $"Content-Type: {SampleImage.IndexType}", $"Docker-Content-Digest: {Image.IndexDigest}", "ratelimit-limit: 100;w=21600", "ratelimit-remaining: 76;w=21600"),
            "registry-1.docker.io" => Challenge("Bearer realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\",scope=\"repository:library/nginx:pull\""),
            _ => Replies.With(418),
        });
        Assert.Equal(Believed, await hub.AskAsync(reference, Stored("https://index.docker.io/v1/", "ann", "hub-Wq31")));
        Assert.Equal(
            ["HEAD registry-1.docker.io/v2/library/nginx/manifests/1.27",
             "GET auth.docker.io/token?service=registry.docker.io&scope=repository%3Alibrary%2Fnginx%3Apull",
             "HEAD registry-1.docker.io/v2/library/nginx/manifests/1.27"],
            hub.Lines);
    }

    [Fact]
    public async Task Docker_hub_denies_a_repository_that_does_not_exist()
    {
        await using var hub = new RealNames(r => r["Host"] == "auth.docker.io" ? Replies.Text(200, """{"token":"T1"}""")
            : Challenge("Bearer realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\",scope=\"repository:ann/nosuch:pull\",error=\"insufficient_scope\""));
        Assert.Contains("or there is no such repository", Assert.IsType<Resolution.Denied>(await hub.AskAsync("ann/nosuch:1")).Message, StringComparison.Ordinal);
        Assert.Equal(3, hub.Lines.Count());
    }

    [Fact]
    public async Task Ghcr_denies_a_public_image_to_stale_credentials()
    {
        await using var ghcr = new RealNames(r =>
            r.Target.StartsWith("/token", StringComparison.Ordinal)
                ? r["Authorization"] is null ? Replies.Text(200, """{"token":"open"}""") : Replies.Text(403, """{"errors":[{"code":"DENIED","message":"denied"}]}""")
            : r["Authorization"] != "Bearer open" ? Challenge("Bearer realm=\"https://ghcr.io/token\",service=\"ghcr.io\",scope=\"repository:user/image:pull\"")
            : r["Accept"]!.Contains(SampleImage.IndexType, StringComparison.Ordinal) ? Found : Replies.Text(404, """{"errors":[{"code":"MANIFEST_UNKNOWN"}]}"""));
        var answer = Assert.IsType<Resolution.Resolved>(await ghcr.AskAsync("ghcr.io/team/app:1", Stored("ghcr.io", "ann", "ghp_stale9Kd")));
        Assert.Equal(Image.IndexDigest, answer.Digest);
        Assert.Equal("the stored credentials for ghcr.io were refused; it was resolved anonymously: docker logout ghcr.io, or docker login again", answer.Note);
    }

    [Fact]
    public async Task Ecr_takes_a_basic_token_of_aws_and_may_leave_the_digest_away()
    {
        const string Host = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
        await using var ecr = new RealNames(r => r["Authorization"] == Basic("AWS", "ecr-token-Pz5")
            ? Replies.With(200, Image.Index, $"Content-Type: {SampleImage.IndexType}")
            : Challenge($"Basic realm=\"https://{Host}/\",service=\"ecr.amazonaws.com\""));
        Assert.Equal(Hashed, await ecr.AskAsync($"{Host}/team/app:1", Stored(Host, "AWS", "ecr-token-Pz5")));
        Assert.Equal(["HEAD", "HEAD", "GET"], ecr.Requests.Select(r => r.Method));
    }

    [Fact]
    public async Task Ecr_public_gives_an_anonymous_token_and_asks_to_slow_down()
    {
        var asked = 0;
        await using var ecr = new RealNames(r =>
            r.Target.StartsWith("/token/?", StringComparison.Ordinal) ? Replies.Text(200, """{"token":"T1"}""")
            : r["Authorization"] is null ? Challenge("Bearer realm=\"https://public.ecr.aws/token/\",service=\"public.ecr.aws\",scope=\"aws\"")
            : Interlocked.Increment(ref asked) < 3 ? Replies.Text(429, """{"errors":[{"code":"TOOMANYREQUESTS","message":"Rate exceeded"}]}""") : Found);
        Assert.Equal(Believed, await ecr.AskAsync("public.ecr.aws/team/app:1"));
        Assert.Equal(5, ecr.Lines.Count());
    }

    [Theory]
    [InlineData("gcr.io", "_json_key", "{\n \"type\": \"service_account\",\n \"private_key\": \"-----BEGIN\\nGx7\"\n}\n")]
    [InlineData("europe-west1-docker.pkg.dev", "_json_key", "{\"type\": \"service_account\"}")]
    [InlineData("europe-west1-docker.pkg.dev", "_json_key_base64", "eyJ0eXBlIjoiIn0=")]
    [InlineData("europe-west1-docker.pkg.dev", "oauth2accesstoken", "ya29.a0Af-long_Token")]
    public async Task Google_takes_keys_and_tokens_as_passwords_of_special_users(string host, string user, string password)
    {
        await using var google = new RealNames(r =>
            r.Target.StartsWith("/v2/token?", StringComparison.Ordinal) ? r["Authorization"] == Basic(user, password) ? Replies.Text(200, """{"expires_in":43200,"token":"T1"}""") : Replies.With(401)
            : r["Authorization"] == "Bearer T1" ? Found : Challenge($"Bearer realm=\"https://{host}/v2/token\",service=\"{host}\",scope=\"repository:project/app:pull\""));
        Assert.Equal(Believed, await google.AskAsync($"{host}/project/team/app:1", Stored($"https://{host}", user, password)));
    }

    [Fact]
    public async Task Azure_takes_an_identity_token_by_post()
    {
        await using var acr = new RealNames(r => r switch
        {
            { Method: "POST", Target: "/oauth2/token" } => r.Body.Contains("grant_type=refresh_token", StringComparison.Ordinal) && r.Body.Contains("refresh_token=acr-refresh-Lm2", StringComparison.Ordinal)
                && r.Body.Contains("service=acme.azurecr.io", StringComparison.Ordinal) && r.Body.Contains("scope=repository%3Ateam%2Fapp%3Apull", StringComparison.Ordinal) ? Replies.Text(200, """{"access_token":"T1"}""") : Replies.With(400),
            _ when r["Authorization"] == "Bearer T1" => Found,
            _ => Challenge("Bearer realm=\"https://acme.azurecr.io/oauth2/token\",service=\"acme.azurecr.io\",scope=\"repository:team/app:metadata_read\""),
        });
        var credentials = Credentials.For("acme.azurecr.io", new("00000000-0000-0000-0000-000000000000", new(""), new("acr-refresh-Lm2")));
        Assert.Equal(Believed, await acr.AskAsync("acme.azurecr.io/team/app:1", credentials));
        Assert.Equal(["HEAD", "POST", "HEAD"], acr.Requests.Select(r => r.Method));
    }

    [Fact]
    public async Task Azures_helper_gives_its_identity_token_to_a_user_called_token()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the helper is a shell script");
        var folder = Directory.CreateTempSubdirectory("cleat-acr-");
        try
        {
            // written by another process: a fork of a parallel test must not inherit the open file ("text file busy")
            const string Answer = """{"ServerURL":"acme.azurecr.io","Username":"<token>","Secret":"acr-refresh-Lm2"}""";
            using var shell = System.Diagnostics.Process.Start("sh", ["-c", "printf '#!/bin/sh\ncat >/dev/null; echo '\\''%s'\\''\n' \"$2\" > \"$1\"; chmod 700 \"$1\"", "sh", Path.Combine(folder.FullName, "docker-credential-acr-test"), Answer]);
            await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
            var config = Path.Combine(folder.FullName, "config.json");
            await File.WriteAllTextAsync(config, """{"credHelpers":{"acme.azurecr.io":"acr-test"}}""", TestContext.Current.CancellationToken);
            await using var acr = new RealNames(r =>
                r.Method == "POST" ? Replies.Text(r.Body.Contains("refresh_token=acr-refresh-Lm2", StringComparison.Ordinal) ? 200 : 400, """{"access_token":"T1"}""")
                : r["Authorization"] == "Bearer T1" ? Found
                : r.Method == "GET" ? Replies.With(401) : Challenge("Bearer realm=\"https://acme.azurecr.io/oauth2/token\",service=\"acme.azurecr.io\""));
            Assert.Equal(Believed, await acr.AskAsync("acme.azurecr.io/team/app:1", Credentials.FromEnvironment(name => name switch { "DOCKER_CONFIG" => folder.FullName, "PATH" => $"{folder.FullName}:/usr/bin:/bin", _ => null })));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Quay_may_answer_with_schema_1_which_is_refused()
    {
        await using var quay = new RealNames(r =>
            r.Target.StartsWith("/v2/auth?", StringComparison.Ordinal) ? Replies.Text(200, """{"token":"T1"}""")
            : r["Authorization"] is null ? Challenge("Bearer realm=\"https://quay.io/v2/auth\",service=\"quay.io\",scope=\"repository:team/old:pull\"")
            : Replies.Text(200, """{"schemaVersion":1,"fsLayers":[]}""", "Content-Type: application/vnd.docker.distribution.manifest.v1+prettyjws; charset=utf-8", $"Docker-Content-Digest: {Image.IndexDigest}"));
        Assert.Contains("schema 1", Assert.IsType<Resolution.Refused>(await quay.AskAsync("quay.io/team/old:1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gitlab_refuses_a_scope_of_everything()
    {
        await using var gitlab = new RealNames(r => r["Host"] == "gitlab.com"
            ? r.Target == "/jwt/auth?service=container_registry&scope=repository%3Agroup%2Fproject%2Fapp%3Apull" && r["Authorization"] == Basic("gitlab-ci-token", "glcbt-64_Hs") ? Replies.Text(200, """{"token":"T1"}""") : Replies.With(403)
            : r["Authorization"] == "Bearer T1" ? Found : Challenge("Bearer realm=\"https://gitlab.com/jwt/auth\",service=\"container_registry\",scope=\"repository:group/project/app:*\""));
        Assert.Equal(Believed, await gitlab.AskAsync("registry.gitlab.com/group/project/app:1", Stored("registry.gitlab.com", "gitlab-ci-token", "glcbt-64_Hs")));
    }

    [Fact]
    public async Task Harbor_has_its_own_codes_and_robots()
    {
        await using var harbor = new RealNames(r =>
            r.Target.StartsWith("/service/token?", StringComparison.Ordinal) ? r["Authorization"] == Basic("robot$team+ci", "hb-Rt8:x") ? Replies.Text(200, """{"token":"T1","access_token":"","expires_in":1800}""") : Replies.With(401)
            : r["Authorization"] is null ? Challenge("Bearer realm=\"https://harbor.example/service/token\",service=\"harbor-registry\"")
            : r.Target.EndsWith("/1", StringComparison.Ordinal) ? Found : Replies.Text(404, """{"errors":[{"code":"NOT_FOUND","message":"artifact team/app:2 not found"}]}"""));
        var robot = Stored("harbor.example", "robot$team+ci", "hb-Rt8:x");
        Assert.Equal(Believed, await harbor.AskAsync("harbor.example/team/app:1", robot));
        Assert.IsType<Resolution.NotFound>(await harbor.AskAsync("harbor.example/team/app:2", robot));
    }

    [Fact]
    public async Task A_proxy_cache_of_harbor_with_a_stale_digest_is_caught_when_the_body_is_hashed()
    {
        await using var harbor = new RealNames(_ => Replies.With(200, Image.Index, $"Content-Type: {SampleImage.IndexType}", $"Docker-Content-Digest: {Image.Manifests["linux/amd64"].Digest}"));
        Assert.Contains("the body hashes to", Assert.IsType<Resolution.Refused>(await harbor.AskAsync("harbor.example/hub/app:1", verify: true)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme.jfrog.io/docker-local/app:1", 200, "Content-Type: application/octet-stream")]
    [InlineData("nexus.example:8083/team/app:1", 404, "Content-Type: application/json")]
    [InlineData("registry.access.redhat.com/ubi9/ubi:1", 200, $"Content-Type: {SampleImage.IndexType}")]
    public async Task Where_head_says_too_little_the_body_is_hashed(string reference, int status, string header)
    {
        await using var server = new RealNames(r => r.Method == "HEAD" ? Replies.With(status, [], header) : Replies.With(200, Image.Index, $"Content-Type: {SampleImage.IndexType}"));
        Assert.Equal(Hashed, await server.AskAsync(reference));
        Assert.Equal(["HEAD", "GET"], server.Requests.Select(r => r.Method));
    }

    [Fact]
    public async Task Nexus_and_jfrog_shout_basic()
    {
        await using var nexus = new RealNames(r => r["Authorization"] == Basic("ann", "nx-Ub3") ? Found : Challenge("BASIC realm=\"Sonatype Nexus Repository Manager\""));
        Assert.Equal(Believed, await nexus.AskAsync("nexus.example:8083/team/app:1", Stored("nexus.example:8083", "ann", "nx-Ub3")));
    }

    [Fact]
    public async Task Mcr_needs_no_token()
    {
        await using var mcr = new RealNames(_ => Found);
        Assert.Equal(Believed, await mcr.AskAsync("mcr.microsoft.com/dotnet/runtime:10.0"));
        Assert.Equal(["HEAD mcr.microsoft.com/v2/dotnet/runtime/manifests/10.0"], mcr.Lines);
    }
}
