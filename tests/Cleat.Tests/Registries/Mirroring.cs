using System.Text;
using Cleat.References;
using Cleat.Registries.Client;
using Cleat.Registries.Settings;
using Cleat.Registries.SignIn;
using Cleat.Registries;

namespace Cleat.Tests.Registries;

/// <summary>Who is asked in whose place, on loopback.</summary>
public sealed class Mirroring
{
    private const string Secret = "s3cret-Mx7";
    private static readonly SampleImage Image = new("linux/amd64");
    private static readonly SampleImage Other = new("linux/arm64");
    private static readonly ScriptedReply Found = Replies.Manifest(Image.Index, SampleImage.IndexType);

    [Fact]
    public async Task A_mirror_that_has_it_spares_the_registry()
    {
        await using var origin = new ScriptedServer(_ => Replies.Manifest(Other.Index, SampleImage.IndexType));
        await using var mirror = new ScriptedServer(_ => Found);
        var answer = Assert.IsType<Resolution.Resolved>(await AskAsync(origin, $"{mirror.Host}/cache"));
        Assert.Equal(Digest.Sha256(Image.Index), answer.Digest);
        Assert.StartsWith($"the mirror {mirror.Host} answered for {origin.Host}/team/app", answer.Note, StringComparison.Ordinal);
        Assert.Empty(origin.Requests);
        Assert.Equal("HEAD /v2/cache/team/app/manifests/1", mirror.Lines.Last());
    }

    [Fact]
    public async Task A_mirror_that_does_not_have_it_gives_way_without_a_word()
    {
        await using var origin = new ScriptedServer(_ => Found);
        await using var mirror = new ScriptedServer(_ => Replies.Text(404, """{"errors":[{"code":"MANIFEST_UNKNOWN"}]}"""));
        Assert.Null(Assert.IsType<Resolution.Resolved>(await AskAsync(origin, mirror.Host)).Note);
        Assert.Contains("HEAD /v2/team/app/manifests/1", mirror.Lines);
    }

    [Fact]
    public async Task A_mirror_that_fails_is_told_of_and_not_asked_again()
    {
        await using var origin = new ScriptedServer(_ => Found);
        await using var mirror = new ScriptedServer(r => r.Target == "/v2/" ? Replies.With(200) : Replies.With(503));
        using var client = new RegistryApi(Options(origin, mirror.Host));
        var first = await Ask.OkAsync(client, $"{origin.Host}/team/app:1");
        Assert.Contains($"mirror {mirror.Host}: unreachable", first.Note, StringComparison.Ordinal);
        var asked = mirror.Requests.Count;
        Assert.Equal(first.Note, (await Ask.OkAsync(client, $"{origin.Host}/team/app:2")).Note);
        Assert.Equal(asked, mirror.Requests.Count);
    }

    [Fact]
    public async Task A_mirror_whose_bytes_are_others_gives_way()
    {
        await using var origin = new ScriptedServer(_ => Found);
        await using var mirror = new ScriptedServer(_ => Replies.With(200, Other.Index, $"Content-Type: {SampleImage.IndexType}", $"Docker-Content-Digest: {Digest.Sha256(Image.Index)}"));
        var answer = Assert.IsType<Resolution.Resolved>(await Ask.Async(origin, Options(origin, mirror.Host) with { Verify = true }));
        Assert.Equal(Digest.Sha256(Image.Index), answer.Digest);
        Assert.Contains("refused", answer.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_fails_too_tells_of_both()
    {
        await using var origin = new ScriptedServer(_ => Replies.With(404));
        await using var mirror = new ScriptedServer(_ => Replies.With(403));
        var answer = Assert.IsType<Resolution.NotFound>(await AskAsync(origin, mirror.Host));
        Assert.Contains($"mirror {mirror.Host}: denied", answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Credentials_go_to_the_host_they_are_stored_for(bool mirrors)
    {
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"ann:{Secret}"));
        ScriptedReply Strict(ScriptedRequest r) => r["Authorization"] == basic ? Found : Replies.With(401, [], "WWW-Authenticate: Basic realm=\"r\"");
        await using var origin = new ScriptedServer(Strict);
        await using var mirror = new ScriptedServer(Strict);
        var (knows, other) = mirrors ? (mirror, origin) : (origin, mirror);
        var answer = await Ask.Async(origin, Options(origin, mirror.Host) with { Credentials = Credentials.For(knows.Host, new("ann", new(Secret))) });
        Assert.IsType<Resolution.Resolved>(answer);
        Assert.Contains(knows.Requests, r => r["Authorization"] == basic);
        Assert.All(other.Requests, r => Assert.Null(r["Authorization"]));
        Assert.DoesNotContain(Secret, answer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blocked_registry_is_not_asked()
    {
        await using var origin = new ScriptedServer(_ => Found);
        using SettingsFolder settings = new();
        settings.Put("home/.config/containers/registries.conf", $"[[registry]]\nprefix = \"{origin.Host}/team\"\nblocked = true\n");
        var answer = Assert.IsType<Resolution.Refused>(await Ask.Async(origin, Ask.Quick with { Mirrors = settings.Read() }));
        Assert.Equal($"{settings.Path}/home/.config/containers/registries.conf blocks {origin.Host}/team: {origin.Host} is not asked", answer.Message);
        Assert.Empty(origin.Requests);
    }

    [Fact]
    public async Task Containerd_s_mirror_is_told_whose_image_is_meant()
    {
        await using var origin = new ScriptedServer(_ => Found);
        await using var mirror = new ScriptedServer(_ => Found);
        using SettingsFolder settings = new();
        settings.Put($"etc/containerd/certs.d/{origin.Host}/hosts.toml", $"[host.\"http://{mirror.Host}/cache\"]\ncapabilities = [\"pull\", \"resolve\"]\n");
        Assert.IsType<Resolution.Resolved>(await Ask.Async(origin, Ask.Quick with { Mirrors = settings.Read() }));
        Assert.Equal([$"HEAD /cache/v2/team/app/manifests/1?ns={Uri.EscapeDataString(origin.Host)}"], mirror.Lines);
        Assert.Empty(origin.Requests);
    }

    private static RegistryOptions Options(ScriptedServer origin, string mirror) => Ask.Quick with
    {
        Mirrors = Mirrors.Read(_ => null, new Dictionary<string, string> { [origin.Host] = mirror }, ".cleat.yaml", "/nowhere"),
    };

    private static Task<Resolution> AskAsync(ScriptedServer origin, string mirror) => Ask.Async(origin, Options(origin, mirror));
}

/// <summary>A home and a folder of the system's settings.</summary>
internal sealed class SettingsFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("cleat-settings-").FullName;

    internal void Put(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.Combine(Path, name))!);
        File.WriteAllText(System.IO.Path.Combine(Path, name), text);
    }

    internal Mirrors Read(string? named = null) =>
        Mirrors.Read(n => n switch { "HOME" => $"{Path}/home", "CONTAINERS_REGISTRIES_CONF" => named, _ => null }, new Dictionary<string, string>(), "", $"{Path}/etc");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
