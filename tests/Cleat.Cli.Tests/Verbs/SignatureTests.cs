namespace Cleat.Cli.Tests.Verbs;

/// <summary>What is asked of cosign and what is done with its answer; a script stands for cosign, which Debian does not have.</summary>
[Collection(Alone.Name)]
public sealed class SignatureTests : IAsyncLifetime
{
    private readonly TagRegistry registry = new();
    private readonly TemporaryFolder folder = new();
    private readonly string? path = Environment.GetEnvironmentVariable("PATH");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable("PATH", path);
        await registry.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Only_what_is_signed_is_written()
    {
        var (signed, _) = registry.Add("2026-01-01T00:00:00Z", "linux/amd64");
        var (unsigned, _) = registry.Add("2026-02-01T00:00:00Z", "linux/amd64");
        registry.Tag("app:signed", signed);
        registry.Tag("app:unsigned", unsigned);
        PutCosign($"[ \"$1 $2 $3\" = \"verify --key=k.pub --allow-http-registry\" ] || exit 7\ncase \"$4\" in *@{signed}) exit 0;; esac\necho 'Error: no signatures found' >&2\nexit 10\n");
        folder.Put("Dockerfile", $"FROM {registry.Host}/app:signed\nFROM {registry.Host}/app:unsigned\n");
        string[] signature = ["--plain-http", registry.Host, "--require-signature", "--cosign-key", "k.pub"];

        var (code, _, error) = await InProcess.RunAsync("", ["pin", folder["Dockerfile"], .. signature]);
        Assert.Equal((ExitCode.Incomplete, $"FROM {registry.Host}/app:signed@{signed}\nFROM {registry.Host}/app:unsigned\n"), (code, folder.Read("Dockerfile")));
        Assert.Contains("cosign finds no valid signature: Error: no signatures found", error, StringComparison.Ordinal);

        folder.Put("Dockerfile", $"FROM {registry.Host}/app:unsigned@{signed}\n");
        (code, _, _) = await InProcess.RunAsync("", ["update", folder["Dockerfile"], .. signature]);
        Assert.Equal((ExitCode.Incomplete, $"FROM {registry.Host}/app:unsigned@{signed}\n"), (code, folder.Read("Dockerfile")));

        folder.Put("Dockerfile", $"FROM {registry.Host}/app:unsigned@{unsigned}\nFROM {registry.Host}/app:signed@{signed}\n");
        (code, var output, _) = await InProcess.RunAsync("", ["verify", folder["Dockerfile"], .. signature]);
        Assert.Equal(ExitCode.Findings, code);
        Assert.Equal(1, output.Split("unsigned-image").Length - 1);
        Assert.Contains("Dockerfile:1:6  error  unsigned-image", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--require-signature needs --cosign-key, or", "--require-signature")]
    [InlineData("--require-signature needs --cosign-key, or", "--require-signature", "--certificate-identity", "a@b.example")]
    [InlineData("--require-signature needs --cosign-key, or", "--require-signature", "--cosign-key", "k", "--certificate-identity", "a@b.example")]
    [InlineData("a key or an identity goes with --require-signature", "--cosign-key", "k")]
    public async Task Half_a_wish_ends_the_run(string why, params string[] options)
    {
        var (code, _, error) = await InProcess.RunAsync("", ["verify", folder.Path, .. options]);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(why, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_cosign_nothing_is_done_and_that_is_said()
    {
        Environment.SetEnvironmentVariable("PATH", folder.Path);
        var (code, _, error) = await InProcess.RunAsync("", "pin", folder.Path, "--require-signature", "--cosign-key", "k");
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("needs the program cosign, which is not in PATH", error, StringComparison.Ordinal);
    }

    private void PutCosign(string script)
    {
        var cosign = folder.Put("bin/cosign", "#!/bin/sh\n" + script);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(cosign, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }

        Environment.SetEnvironmentVariable("PATH", $"{folder["bin"]}:{path}");
    }
}

/// <summary>Tests that change what all share, the search path: no other runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
