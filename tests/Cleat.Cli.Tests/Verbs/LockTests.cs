namespace Cleat.Cli.Tests.Verbs;

public sealed class LockTests
{
    private static string Pod(string image) => $"apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: {image}\n";

    [Fact]
    public async Task What_is_resolved_is_locked_and_pins_again_without_a_registry()
    {
        await using TagRegistry registry = new();
        using TemporaryFolder folder = new();
        var (digest, platforms) = registry.Add("2026-01-01T00:00:00Z", "linux/amd64", "linux/arm64");
        registry.Tag("app:1", digest);
        var image = $"{registry.Host}/app:1";
        var pod = folder.Put("pod.yaml", Pod(image));
        var locked = folder["cleat.lock"];

        var (code, _, error) = await InProcess.RunAsync("", "pin", pod, "--lock", locked, "--plain-http", registry.Host);
        Assert.Equal((ExitCode.Done, $"1 reference pinned in 1 file\n{locked}: 1 reference written\n"), (code, error));
        Assert.Equal(Pod($"{image}@{digest}"), folder.Read("pod.yaml"));
        var text = folder.Read("cleat.lock");
        Assert.Matches($"""
            ^# [^\n]+
            version: 1

            {image}:
              digest: {digest}
              type: application/vnd.oci.image.index.v1\+json
              resolved: 2[0-9]+-[0-9][0-9]-[0-9][0-9]T[0-9:]+Z
              from: registry
              platforms:
                linux/amd64: {platforms["linux/amd64"]}
                linux/arm64: {platforms["linux/arm64"]}
            $
            """.ReplaceLineEndings("\n"), text);

        // the tag moves; the lock holds
        registry.Tag("app:1", registry.Add("2026-02-01T00:00:00Z", "linux/amd64").Digest);
        var asked = registry.Asked.Count;
        folder.Put("pod.yaml", Pod(image));
        (code, _, _) = await InProcess.RunAsync("", "pin", pod, "--lock", locked, "--plain-http", registry.Host);
        Assert.Equal((ExitCode.Done, Pod($"{image}@{digest}"), text), (code, folder.Read("pod.yaml"), folder.Read("cleat.lock")));

        folder.Put("pod.yaml", Pod(image));
        (code, _, _) = await InProcess.RunAsync("", "pin", pod, "--lock", locked, "--offline", "--platform", "linux/arm64");
        Assert.Equal((ExitCode.Done, Pod($"{image}@{platforms["linux/arm64"]}")), (code, folder.Read("pod.yaml")));

        folder.Put("pod.yaml", Pod(image));
        (code, _, _) = await InProcess.RunAsync("", "pin", pod, "--from", locked);
        Assert.Equal((ExitCode.Done, Pod($"{image}@{digest}")), (code, folder.Read("pod.yaml")));
        Assert.Equal(asked, registry.Asked.Count);
    }

    [Fact]
    public async Task Offline_what_the_lock_lacks_is_named()
    {
        using TemporaryFolder folder = new();
        var pod = folder.Put("pod.yaml", Pod("nginx:1.27"));
        var locked = folder.Put("cleat.lock", "version: 1\n");

        var (code, _, error) = await InProcess.RunAsync("", "pin", pod, "--lock", locked, "--offline");
        Assert.Equal(ExitCode.Incomplete, code);
        Assert.Contains($"not found: {locked} has no docker.io/library/nginx:1.27: run once without --offline to add it", error, StringComparison.Ordinal);
        Assert.Equal("version: 1\n", folder.Read("cleat.lock"));

        (code, _, error) = await InProcess.RunAsync("", "pin", pod, "--offline");
        Assert.Equal((ExitCode.Usage, "cleat: --offline needs --lock FILE or --from to take digests from (of docker, with --trust-engine)\n"), (code, error));
        (code, _, error) = await InProcess.RunAsync("", "pin", pod, "--offline", "--lock", folder["none.lock"]);
        Assert.Equal((ExitCode.Usage, $"cleat: --offline: there is no {folder["none.lock"]}; run once without --offline to make it\n"), (code, error));
    }

    [Fact]
    public async Task A_file_that_is_not_as_the_lock_says_is_reported()
    {
        using TemporaryFolder folder = new();
        string said = "sha256:" + new string('a', 64), other = "sha256:" + new string('b', 64), arm = "sha256:" + new string('c', 64);
        var locked = folder.Put("cleat.lock", $"version: 1\n\ndocker.io/library/nginx:1.27:\n  digest: {said}\n  type: application/vnd.oci.image.index.v1+json\n  resolved: 2026-01-02T03:04:05Z\n  from: registry\n  platforms:\n    linux/arm64: {arm}\n");
        var pod = folder.Put("pod.yaml", Pod($"nginx:1.27@{said}") + $"  - image: nginx:1.27@{arm}\n  - image: docker.io/nginx:1.27@{other}\n  - image: nginx:1.28@{other}\n");

        var (code, _, error) = await InProcess.RunAsync("", "pin", pod, "--lock", locked, "--offline");
        Assert.Equal(ExitCode.Incomplete, code);
        Assert.Equal(1, error.Split("error[lock]").Length - 1);
        Assert.Contains($"{pod}:7:12: error[lock]: 'docker.io/nginx:1.27@{other}' is not what {locked} says: {said}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "cleat.lock:1:1: this is no lock of cleat")]
    [InlineData("version: 2\n", "cleat.lock:1:1: this is no lock of this version")]
    [InlineData("version: 1\n<<<<<<< ours\n", "cleat.lock:")]
    [InlineData("version: 1\nnginx:1.27:\n  digest: sha256:ab\n", "cleat.lock:3:3: 'nginx:1.27' is no reference in full")]
    [InlineData("version: 1\nr.example/a:1: { digest: sha256:ab, type: application/vnd.oci.image.index.v1+json, resolved: 2026-01-02T03:04:05Z }\n", "cleat.lock:2:26: the digest")]
    [InlineData("version: 1\nr.example/a:1: { digest: sha512-x }\n", "cleat.lock:2:16: the type of 'r.example/a:1'")]
    [InlineData("version: 1\nversion: 1\n", "cleat.lock:2:1: 'version' stands here a second time")]
    [InlineData("version: 1\nr.example/a:1:\n  digests: x\n", "unknown key 'digests'")]
    public async Task A_lock_that_is_none_ends_the_run(string text, string why)
    {
        using TemporaryFolder folder = new();
        var pod = folder.Put("pod.yaml", Pod("nginx:1.27"));
        var locked = folder.Put("cleat.lock", text);
        var (code, _, error) = await InProcess.RunAsync("", "pin", pod, "--lock", locked, "--offline");
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.Equal((Pod("nginx:1.27"), text), (folder.Read("pod.yaml"), folder.Read("cleat.lock")));
    }

    [Fact]
    public async Task Check_and_diff_write_neither_files_nor_lock()
    {
        await using TagRegistry registry = new();
        using TemporaryFolder folder = new();
        registry.Tag("app:1", registry.Add("2026-01-01T00:00:00Z", "linux/amd64").Digest);
        var pod = folder.Put("pod.yaml", Pod($"{registry.Host}/app:1"));
        foreach (var mode in (string[])["--check", "--diff"])
        {
            var (code, _, _) = await InProcess.RunAsync("", "pin", pod, mode, "--lock", folder["cleat.lock"], "--plain-http", registry.Host);
            Assert.Equal((ExitCode.Findings, Pod($"{registry.Host}/app:1"), false), (code, folder.Read("pod.yaml"), File.Exists(folder["cleat.lock"])));
        }
    }

    [Fact]
    public async Task Other_bytes_than_the_digest_says_are_neither_locked_nor_written()
    {
        await using TagRegistry registry = new();
        using TemporaryFolder folder = new();
        var (digest, _) = registry.Add("2026-01-01T00:00:00Z", "linux/amd64");
        registry.Tag("app:1", digest);
        registry.Damage(digest);
        var pod = folder.Put("pod.yaml", Pod($"{registry.Host}/app:1"));
        var (code, _, error) = await InProcess.RunAsync("", "pin", pod, "--lock", folder["cleat.lock"], "--plain-http", registry.Host);
        Assert.Equal((ExitCode.Incomplete, Pod($"{registry.Host}/app:1"), false), (code, folder.Read("pod.yaml"), File.Exists(folder["cleat.lock"])));
        Assert.Contains("the body hashes to", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_without_manifests_is_locked_without_platforms()
    {
        using TemporaryFolder folder = new();
        var digest = "sha256:" + new string('a', 64);
        var document = folder.Put("nginx.json", $$"""{"name":"1.27","repository":7,"digest":"{{digest}}","images":[]}""");
        var pod = folder.Put("pod.yaml", Pod("nginx:1.27"));
        var (code, _, _) = await InProcess.RunAsync("", "pin", pod, "--lock", folder["cleat.lock"], "--from", document);
        Assert.Equal((ExitCode.Done, Pod($"nginx:1.27@{digest}")), (code, folder.Read("pod.yaml")));
        Assert.EndsWith($"  from: {document}\n", folder.Read("cleat.lock"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_that_cannot_be_written_leaves_the_files_alone()
    {
        await using TagRegistry registry = new();
        using TemporaryFolder folder = new();
        registry.Tag("app:1", registry.Add("2026-01-01T00:00:00Z", "linux/amd64").Digest);
        var pod = folder.Put("pod.yaml", Pod($"{registry.Host}/app:1"));
        var (code, _, error) = await InProcess.RunAsync("", "pin", pod, "--lock", folder["none/cleat.lock"], "--plain-http", registry.Host);
        Assert.Equal((ExitCode.Incomplete, Pod($"{registry.Host}/app:1")), (code, folder.Read("pod.yaml")));
        Assert.Contains("No file was changed", error, StringComparison.Ordinal);
    }
}
