using System.Diagnostics;
using System.Text;
using Cleat.Registries.SignIn;
using Cleat.Registries;

namespace Cleat.Tests.Registries;

public sealed class CredentialsReading : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cleat-docker-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("docker.io", "library/nginx", "hub:p1")]
    [InlineData("ghcr.io", "org/app", "gh:p:2")]
    [InlineData("quay.io", "org/team/app", "team:p3")]
    [InlineData("quay.io", "org/teams", "org:p4")]
    [InlineData("quay.io", "other", "quay:p5")]
    [InlineData("registry.example:5000", "app", "port:p6")]
    [InlineData("registry.example", "app", null)]
    [InlineData("io", "app", null)]
    [InlineData("empty.example", "app", null)]
    public async Task The_longest_key_at_a_boundary_wins(string registry, string repository, string? expected)
    {
        var found = await FindAsync($$"""
            {"auths":{
              "https://index.docker.io/v1/":{"auth":"{{Base64("hub:p1")}}"},
              "https://ghcr.io":{"auth":"{{Base64("gh:p:2")}}"},
              "quay.io/org/team":{"auth":"{{Base64("team:p3\0")}}"},
              "quay.io/org/":{"username":"org","password":"p4"},
              "https://quay.io/v2/":{"auth":"{{Base64("quay:p5")}}"},
              "http://Registry.Example:5000":{"auth":"{{Base64("port:p6")}}"},
              "empty.example":{} } }
            """, registry, repository);
        Assert.Equal(expected, found.Credential is { } c ? $"{c.Username}:{c.Password.Reveal()}" : null);
        Assert.Null(found.Note);
    }

    [Fact]
    public async Task An_identity_token_is_kept()
    {
        var found = await FindAsync($$"""{"auths":{"a.example":{"auth":"{{Base64("u:")}}","identitytoken":"tok"} } }""", "a.example", "app");
        Assert.Equal("tok", found.Credential!.IdentityToken!.Reveal());
    }

    [Theory]
    [InlineData("{ nonsense")]
    [InlineData("[]")]
    [InlineData("{\"auths\":{\"a.example\":{\"auth\":\"!!not base64 s3cret!!\"}}}")]
    [InlineData("{\"auths\":{\"a.example\":{\"auth\":\"bm9jb2xvbg==\"}}}")]
    public async Task A_broken_file_is_named_and_the_work_goes_on(string json)
    {
        var credentials = Write(json);
        Assert.Contains(Path.Combine(folder, "config.json"), credentials.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", credentials.Problem, StringComparison.Ordinal);
        Assert.Null((await credentials.FindAsync("a.example", "app", TestContext.Current.CancellationToken)).Credential);

        await using var server = new ScriptedServer(_ => Replies.Manifest(new SampleImage("linux/amd64").Index, SampleImage.IndexType));
        Assert.Equal(credentials.Problem, Assert.IsType<Resolution.Resolved>(await Ask.Async(server, Ask.Quick with { Credentials = credentials })).Note);
    }

    [Fact]
    public void No_file_is_no_problem() => Assert.Null(Credentials.FromEnvironment(n => n == "HOME" ? folder : null).Problem);

    [Fact]
    public void A_secret_does_not_print() =>
        Assert.Equal("Credential { Username = u, Password = ***, IdentityToken = *** }", new Credential("u", new("p"), new("t")).ToString());

    [Fact]
    public async Task A_helper_is_asked_once_by_the_hubs_old_name()
    {
        Helper("ok", """read server; echo "$server" >> "$(dirname "$0")/asked"; echo '{"ServerURL":"x","Username":"<token>","Secret":"idt"}'""");
        var credentials = Write("""{"credsStore":"ok","auths":{"https://index.docker.io/v1/":{} } }""");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("idt", (await credentials.FindAsync("docker.io", "library/nginx", TestContext.Current.CancellationToken)).Credential!.IdentityToken!.Reveal());
        }

        Assert.Equal("https://index.docker.io/v1/\n", await File.ReadAllTextAsync(Path.Combine(folder, "asked"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("none", "echo 'credentials not found in native keychain'; exit 1", null)]
    [InlineData("loud", "echo 's3cret'; echo s3cret >&2; exit 1", "docker-credential-loud failed")]
    [InlineData("odd", "echo 's3cret'", "no JSON")]
    [InlineData("missing", null, "not in PATH")]
    [InlineData("../x", null, "not plain")]
    public async Task A_helper_that_fails_is_said_without_its_output(string name, string? script, string? note)
    {
        if (script is not null)
        {
            Helper(name, script);
        }

        var found = await Write($$"""{"credHelpers":{"a.example":"{{name}}"} }""").FindAsync("a.example", "app", TestContext.Current.CancellationToken);
        Assert.Null(found.Credential);
        Assert.Equal(note is null, found.Note is null);
        Assert.Contains(note ?? "", found.Note ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", found.Note ?? "", StringComparison.Ordinal);
    }

    private Credentials Write(string json)
    {
        File.WriteAllText(Path.Combine(folder, "config.json"), json);
        return Credentials.FromEnvironment(name => name switch { "DOCKER_CONFIG" => folder, "PATH" => $".:{folder}", _ => null });
    }

    private Task<CredentialAnswer> FindAsync(string json, string registry, string repository) => Write(json).FindAsync(registry, repository, TestContext.Current.CancellationToken);

    private void Helper(string name, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the helper is a shell script");
        var file = Path.Combine(folder, $"docker-credential-{name}");

        // written by another process: a fork of a parallel test must not inherit the open file ("text file busy")
        using var shell = Process.Start("sh", ["-c", "printf '#!/bin/sh\\n%s\\n' \"$2\" > \"$1\"; chmod 700 \"$1\"", "sh", file, script]);
        shell.WaitForExit();
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
