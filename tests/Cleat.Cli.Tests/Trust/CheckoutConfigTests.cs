using System.Text;
using Cleat.Tests.Registries;

namespace Cleat.Cli.Tests.Trust;

/// <summary>What a checkout's config says of registries counts only where the user says so.</summary>
public sealed class CheckoutConfigTests : IDisposable
{
    private const string Password = "s3cret-Zk41";
    private static readonly ScriptedReply Found = Replies.Manifest(new SampleImage("linux/amd64").Index, SampleImage.IndexType);

    private readonly TemporaryFolder folder = new();

    public CheckoutConfigTests()
    {
        folder.Put("work/Dockerfile", "FROM docker.io/library/nginx:1.27\n");
        folder.Put("home/.docker/config.json", $$"""{"auths":{"mirror.evil.example":{"auth":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes($"ann:{Password}"))}}"} } }""");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_checkout_names_no_mirror_no_authority_and_no_http()
    {
        await using var mirror = new ScriptedServer(_ => Found);
        folder.Put("work/.cleat.yaml", Registries(mirror, "plain-http: true, ca-file: ../home/secret.pem"));
        folder.Put("home/secret.pem", "no certificate");
        var (code, _, error) = await OwnHome.RunAsync(folder, NoNetwork(), "pin", "--timeout", "2", "--check", ".");
        Assert.Equal(ExitCode.Incomplete, code);
        Assert.Empty(mirror.Requests);
        Assert.Contains(".cleat.yaml: registries (docker.io: mirror, plain-http, ca-file) is ignored", error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret.pem", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("named")]
    [InlineData("users")]
    [InlineData("trusted")]
    [InlineData("trusted above")]
    public async Task What_the_user_names_counts_and_the_mirror_that_answered_is_said(string how)
    {
        await using var mirror = new ScriptedServer(_ => Found);
        folder.Put(how == "users" ? "home/.config/cleat/config.yaml" : "work/.cleat.yaml", Registries(mirror, "plain-http: true"));
        if (how.StartsWith("trusted", StringComparison.Ordinal))
        {
            folder.Put("home/.config/cleat/config.yaml", $"trust: [{folder[how == "trusted" ? "work" : "."]}]\n");
        }

        var (code, _, error) = await OwnHome.RunAsync(folder, NoNetwork(), ["pin", .. how == "named" ? ["--config", ".cleat.yaml"] : Array.Empty<string>(), "."]);
        Assert.Equal((ExitCode.Done, $"note: the mirror {mirror.Host} answered for docker.io/library/nginx ({(how == "users" ? $"{folder["home"]}/.config/cleat/config.yaml" : ".cleat.yaml")} names it)\n1 reference pinned in 1 file\n"), (code, error));
        Assert.NotEmpty(mirror.Requests);
    }

    [Theory]
    [InlineData("trust: [src]\n", ":1:8: name each tree by its whole path")]
    [InlineData("rules: {unpinned-image: off}\n", ":1:1: unknown key 'rules'")]
    public async Task The_user_s_own_config_is_read_with_care(string text, string says)
    {
        folder.Put("home/.config/cleat/config.yaml", text);
        var (code, output, error) = await OwnHome.RunAsync(folder, "check", ".");
        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.StartsWith($"cleat: {folder["home"]}/.config/cleat/config.yaml{says}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_config_that_is_a_link_out_of_the_tree_is_not_read()
    {
        folder.Put("home/token.yaml", $"{Password}: x\n");
        File.CreateSymbolicLink(folder["work/.cleat.yaml"], "../home/token.yaml");
        var (code, output, error) = await OwnHome.RunAsync(folder, "check", ".");
        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.Equal("cleat: .cleat.yaml: it is a link that leads out of the tree: name it with --config, or put the file in its place\n", error);
    }

    private static string Registries(ScriptedServer mirror, string more) => $"registries: {{docker.io: {{mirror: \"{mirror.Host}\", {more}}}}}\n";

    // nothing but loopback is reached
    private static Dictionary<string, string> NoNetwork() => new() { ["HTTPS_PROXY"] = "http://127.0.0.1:9", ["HTTP_PROXY"] = "http://127.0.0.1:9", ["NO_PROXY"] = "127.0.0.1,localhost" };
}
