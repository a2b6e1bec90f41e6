using System.Diagnostics;
using System.Text;
using Cleat.Registries.SignIn;

namespace Cleat.Tests.Registries;

/// <summary>Which of several files is asked, and what is said of it.</summary>
public sealed class CredentialChains : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cleat-auth-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("run/containers/auth.json config/containers/auth.json home/.docker/config.json", "run/containers/auth.json")]
    [InlineData("config/containers/auth.json home/.docker/config.json", "config/containers/auth.json")]
    [InlineData("home/.config/containers/auth.json home/.docker/config.json", "home/.docker/config.json")]
    [InlineData("home/.docker/config.json", "home/.docker/config.json")]
    [InlineData("home/.docker/config.json alone.json", "home/.docker/config.json")]
    public async Task The_first_file_that_knows_the_registry_decides(string files, string expected)
    {
        foreach (var file in files.Split(' '))
        {
            Put(file, Entry("r.example", $"{file}:pw"));
        }

        var credentials = Credentials.FromEnvironment(Environment());
        Assert.Equal(expected, (await FindAsync(credentials, "app")).Credential!.Username);
        Assert.Equal([$"{folder}/{expected}, key r.example"], credentials.Explain("r.example", "app"));
    }

    [Fact]
    public async Task Without_XDG_the_home_is_taken()
    {
        Put("home/.config/containers/auth.json", Entry("r.example", "podman:pw"));
        Assert.Equal("podman", (await FindAsync(Credentials.FromEnvironment(n => n == "HOME" ? $"{folder}/home" : null), "app")).Credential!.Username);
    }

    [Fact]
    public async Task A_named_file_stands_alone()
    {
        Put("home/.docker/config.json", Entry("r.example", "docker:pw"));
        Put("alone.json", Entry("other.example", "alone:pw"));
        Assert.Null((await FindAsync(Credentials.FromEnvironment(Environment(("REGISTRY_AUTH_FILE", $"{folder}/alone.json"))), "app")).Credential);
    }

    [Fact]
    public async Task A_variable_with_the_text_comes_first()
    {
        Put("home/.docker/config.json", Entry("r.example", "docker:pw"));
        var credentials = Credentials.FromEnvironment(Environment(("DOCKER_AUTH_CONFIG", Entry("r.example", "inline:pw"))));
        Assert.Equal("inline", (await FindAsync(credentials, "app")).Credential!.Username);
        Assert.Equal(["DOCKER_AUTH_CONFIG, key r.example"], credentials.Explain("r.example", "app"));
    }

    [Fact]
    public async Task A_key_with_a_path_serves_its_path_only()
    {
        Put("config/containers/auth.json", Entry("r.example/team", "team:pw"));
        Put("home/.docker/config.json", Entry("https://r.example/v2/", "host:pw"));
        var credentials = Credentials.FromEnvironment(Environment());
        Assert.Equal("team", (await FindAsync(credentials, "team/app")).Credential!.Username);
        Assert.Equal("host", (await FindAsync(credentials, "teams/app")).Credential!.Username);
        Assert.Null((await credentials.FindAsync("s.example", "team/app", TestContext.Current.CancellationToken)).Credential);
        Assert.Empty(credentials.Explain("s.example", "team/app"));
    }

    [Fact]
    public async Task A_broken_file_does_not_hide_the_next()
    {
        Put("config/containers/auth.json", "{ pw");
        Put("home/.docker/config.json", Entry("r.example", "docker:pw"));
        var credentials = Credentials.FromEnvironment(Environment());
        Assert.Equal("docker", (await FindAsync(credentials, "app")).Credential!.Username);
        Assert.Contains("auth.json is not valid JSON", credentials.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_helper_that_knows_nothing_gives_way_to_the_next_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the helper is a shell script");
        var file = Path.Combine(folder, "docker-credential-none");
        using var shell = Process.Start("sh", ["-c", "printf '#!/bin/sh\\necho credentials not found\\nexit 1\\n' > \"$1\"; chmod 700 \"$1\"", "sh", file]);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Put("config/containers/auth.json", """{"credHelpers":{"r.example":"none"},"credsStore":"other"}""");
        Put("home/.docker/config.json", $$$"""{"auths":{"r.example":{"identitytoken":"s3cret","auth":"{{{Convert.ToBase64String("u:"u8)}}}"} } }""");
        var credentials = Credentials.FromEnvironment(Environment(("PATH", folder)));
        Assert.Equal("u", (await FindAsync(credentials, "app")).Credential!.Username);
        Assert.Equal(
            [$"docker-credential-none for r.example (credHelpers in {folder}/config/containers/auth.json)", $"{folder}/home/.docker/config.json, key r.example (identity token)"],
            credentials.Explain("r.example", "app"));
        Assert.Equal([$"docker-credential-other for https://index.docker.io/v1/ (credsStore in {folder}/config/containers/auth.json)"], credentials.Explain("docker.io", "library/nginx"));
    }

    private static Task<CredentialAnswer> FindAsync(Credentials credentials, string repository) => credentials.FindAsync("r.example", repository, TestContext.Current.CancellationToken);

    private static string Entry(string key, string pair) => $$$"""{"auths":{"{{{key}}}":{"auth":"{{{Convert.ToBase64String(Encoding.UTF8.GetBytes(pair))}}}"} } }""";

    private Func<string, string?> Environment(params (string Name, string Value)[] more) => name => more.FirstOrDefault(m => m.Name == name).Value ?? name switch
    {
        "HOME" => $"{folder}/home",
        "XDG_RUNTIME_DIR" => $"{folder}/run",
        "XDG_CONFIG_HOME" => $"{folder}/config",
        _ => null,
    };

    private void Put(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
        File.WriteAllText(Path.Combine(folder, name), text);
    }
}
