using Cleat.Registries.Client;
using Cleat.Registries.SignIn;
using Cleat.Registries;

namespace Cleat.Tests.Registries;

public sealed class RealRegistry
{
    // htpasswd -nbB -C 4 ann correct-horse-7Qz
    private const string Line = "ann:$2y$04$wBbiua2BZJwL/4KVyL0pnORIRsNKe1Ngh/vGjjgTF53Li9DcoGgtW";
    private const string Password = "correct-horse-7Qz";

    private static readonly SampleImage Image = new("linux/amd64", "linux/arm64/v8");

    [Fact]
    public async Task An_open_registry_answers_as_skopeo_says()
    {
        Assert.SkipUnless(LoopbackRegistry.IsInstalled, "docker-registry and skopeo are not installed");
        await using var registry = await LoopbackRegistry.StartAsync();
        await PushAsync(registry, "team/app:1.0");
        using var client = new RegistryApi();
        using var verifying = new RegistryApi(new() { Verify = true });

        var expected = await registry.InspectAsync("team/app:1.0");
        var believed = await Ask.OkAsync(client, $"{registry.Host}/team/app:1.0");
        var hashed = await Ask.OkAsync(verifying, $"{registry.Host}/team/app:1.0");
        var arm = await Ask.OkAsync(client, $"{registry.Host}/team/app:1.0", "linux/arm64");

        Assert.Equal((expected, SampleImage.IndexType, false), (believed.Digest.ToString(), believed.MediaType, believed.Verified));
        Assert.Equal((expected, true), (hashed.Digest.ToString(), hashed.Verified));
        Assert.Equal(Image.Manifests["linux/arm64/v8"].Digest, arm.Digest);
        Assert.IsType<Resolution.NotFound>(await Ask.Async(client, $"{registry.Host}/team/app:none"));
        Assert.IsType<Resolution.NotFound>(await Ask.Async(client, $"{registry.Host}/team/none:1.0"));
    }

    [Fact]
    public async Task A_closed_registry_answers_who_may_and_denies_the_rest()
    {
        Assert.SkipUnless(LoopbackRegistry.IsInstalled, "docker-registry and skopeo are not installed");
        await using var registry = await LoopbackRegistry.StartAsync((Line, "ann", Password));
        await PushAsync(registry, "team/app:1.0");
        using var ann = new RegistryApi(new() { Credentials = Credentials.For(registry.Host, new("ann", new(Password))) });
        using var wrong = new RegistryApi(new() { Credentials = Credentials.For(registry.Host, new("ann", new("wrong-Zx81"))) });
        using var nobody = new RegistryApi();

        Assert.Equal(await registry.InspectAsync("team/app:1.0"), (await Ask.OkAsync(ann, $"{registry.Host}/team/app:1.0")).Digest.ToString());
        var refused = Assert.IsType<Resolution.Denied>(await Ask.Async(wrong, $"{registry.Host}/team/app:1.0"));
        Assert.Contains("refused", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-Zx81", refused.ToString(), StringComparison.Ordinal);
        var missing = Assert.IsType<Resolution.Denied>(await Ask.Async(nobody, $"{registry.Host}/team/app:1.0"));
        Assert.Contains($"docker login {registry.Host}", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_tags_asked_twice_are_a_hundred_requests()
    {
        Assert.SkipUnless(LoopbackRegistry.IsInstalled, "docker-registry and skopeo are not installed");
        await using var registry = await LoopbackRegistry.StartAsync();
        await PushAsync(registry, "team/app:t0");
        for (var i = 1; i < 100; i++)
        {
            await registry.TagAsync("team/app", $"t{i}", Image.Index, SampleImage.IndexType);
        }

        using var client = new RegistryApi();
        var resolver = new Resolver(client);
        var all = Enumerable.Range(0, 100).Select(i => (Ask.Reference($"{registry.Host}/team/app:t{i}"), (string?)null)).ToList();
        var answers = await resolver.ResolveAllAsync(all.Concat(all), null, TestContext.Current.CancellationToken);
        await resolver.ResolveAllAsync(all, null, TestContext.Current.CancellationToken);

        Assert.Equal(100, answers.Count);
        Assert.All(answers.Values, a => Assert.Equal(Image.IndexDigest, Assert.IsType<Resolution.Resolved>(a).Digest));
        Assert.IsType<Resolution.NotFound>(await Ask.Async(client, $"{registry.Host}/team/app:last"));
        var ours = await LinesAsync(registry, "GET /v2/team/app/manifests/last ");
        Assert.Equal(100, ours.Count(l => l.Contains("cleat/", StringComparison.Ordinal) && l.Contains("/manifests/t", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_registry_with_a_token_server_answers_who_has_a_token()
    {
        Assert.SkipUnless(LoopbackRegistry.IsInstalled, "docker-registry and skopeo are not installed");
        await using var tokens = new SigningTokenServer("ann", Password);
        await using var registry = await LoopbackRegistry.StartAsync(token: (tokens.Settings, "ann", Password));
        await PushAsync(registry, "team/app:1.0");
        using var ann = new RegistryApi(new() { Credentials = Credentials.For(registry.Host, new("ann", new(Password))) });
        using var wrong = new RegistryApi(new() { Credentials = Credentials.For(registry.Host, new("ann", new("wrong-Zx81"))) });
        using var nobody = new RegistryApi();
        var before = tokens.Issued;

        Assert.Equal(Image.IndexDigest, (await Ask.OkAsync(ann, $"{registry.Host}/team/app:1.0")).Digest);
        Assert.Equal(Image.Manifests["linux/amd64"].Digest, (await Ask.OkAsync(ann, $"{registry.Host}/team/app:1.0", "linux/amd64")).Digest);
        Assert.IsType<Resolution.NotFound>(await Ask.Async(ann, $"{registry.Host}/team/app:none"));
        Assert.Equal(before + 1, tokens.Issued);
        Assert.IsType<Resolution.Denied>(await Ask.Async(wrong, $"{registry.Host}/team/app:1.0"));
        Assert.IsType<Resolution.Denied>(await Ask.Async(nobody, $"{registry.Host}/team/app:1.0"));
    }

    [Fact]
    public async Task A_registry_with_a_private_authority_answers_who_trusts_it()
    {
        Assert.SkipUnless(LoopbackRegistry.IsInstalled, "docker-registry and skopeo are not installed");
        using var certificate = TestCertificate.OfLoopback();
        await using var registry = await LoopbackRegistry.StartAsync(certificate: certificate);
        await PushAsync(registry, "team/app:1.0");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
            using var trusting = new RegistryApi(new() { CaFile = file });
            using var strange = new RegistryApi();
            Assert.Equal(Image.IndexDigest, (await Ask.OkAsync(trusting, $"{registry.Host}/team/app:1.0")).Digest);
            Assert.Contains("not trusted", Assert.IsType<Resolution.Unreachable>(await Ask.Async(strange, $"{registry.Host}/team/app:1.0")).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task PushAsync(LoopbackRegistry registry, string repositoryAndTag)
    {
        var folder = Directory.CreateTempSubdirectory("cleat-layout-");
        Image.WriteLayout(folder.FullName, "1.0");
        await registry.PushAsync($"{folder.FullName}:1.0", repositoryAndTag);
        folder.Delete(recursive: true);
    }

    // the log is written behind the reply: wait until a later request's line is there
    private static async Task<IReadOnlyCollection<string>> LinesAsync(LoopbackRegistry registry, string last)
    {
        while (!registry.AccessLog.Any(l => l.Contains(last, StringComparison.Ordinal)))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        return registry.AccessLog;
    }
}
