using System.Text;
using Cleat.Admission.Hosting;
using Cleat.Admission.SignIn;
using Cleat.Cli.Tests;
using Cleat.References;
using Cleat.Tests.Registries;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cleat.Admission.Tests;

/// <summary>The exchanges with the clouds and with credential providers, on loopback.</summary>
public sealed class SignInTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly CloudHttp http = new();
    private readonly Metrics metrics = new();

    public void Dispose()
    {
        http.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Irsa_takes_keys_of_STS_and_a_signed_token_of_ECR_once()
    {
        await using ScriptedServer sts = new(_ => Replies.Text(200, "<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>AKID</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>session</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>"));
        await using ScriptedServer ecr = new(_ => Replies.Text(200, $$"""{"authorizationData":[{"authorizationToken":"{{Convert.ToBase64String("AWS:pass:word"u8)}}","expiresAt":4070908800.5}]}"""));
        var source = new AwsRegistries(http, Variables(("AWS_ROLE_ARN", "arn:role"), ("AWS_WEB_IDENTITY_TOKEN_FILE", folder.Put("token", "jwt\n")), ("AWS_ENDPOINT_URL_STS", $"http://{sts.Host}/"), ("AWS_ENDPOINT_URL_ECR", $"http://{ecr.Host}/")), TimeProvider.System, Issued());
        for (var i = 0; i < 3; i++)
        {
            var found = Assert.Single(await FindAsync(source, $"12345678901{i}.dkr.ecr.eu-west-1.amazonaws.com/app"));
            Assert.Equal(new RegistryCredential("AWS", "pass:word"), found.Credential);
        }

        var asked = Assert.Single(sts.Requests);
        Assert.Contains("Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn%3Arole&RoleSessionName=cleat-admission&WebIdentityToken=jwt", asked.Body, StringComparison.Ordinal);
        var signed = Assert.Single(ecr.Requests);
        Assert.Equal("AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken", signed["X-Amz-Target"]);
        Assert.Equal("session", signed["X-Amz-Security-Token"]);
        Assert.Matches("^AWS4-HMAC-SHA256 Credential=AKID/[0-9]{8}/eu-west-1/ecr/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, Signature=[0-9a-f]{64}$", signed["Authorization"]);
        Assert.Empty(await FindAsync(source, "12345678901.dkr.ecr.eu-west-1.amazonaws.com/app"));
        Assert.Empty(await FindAsync(source, "123456789012.dkr.ecr.eu-west-1.amazonaws.com.attacker.example/app"));
    }

    [Fact]
    public void A_signature_is_what_AWS_computes()
    {
        // computed apart with Python's hmac and hashlib
        using HttpRequestMessage request = new(HttpMethod.Post, "https://api.ecr.us-east-1.amazonaws.com/");
        AwsSignature.Sign(request, "{}"u8.ToArray(), "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken", "ecr", "us-east-1", new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null, DateTimeOffset.MaxValue), new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        Assert.EndsWith("Signature=997b80552554e08571a650063d23958ffe90e86d094fff42c53be7649d3432f7", request.Headers.GetValues("Authorization").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Google_is_believed_only_when_it_says_that_it_is_Google()
    {
        var isGoogle = true;
        await using ScriptedServer metadata = new(_ => Replies.Text(200, """{"access_token":"t","expires_in":3600,"token_type":"Bearer"}""", isGoogle ? "Metadata-Flavor: Google" : "X: y"));
        var source = new GoogleRegistries(http, Variables(("GCE_METADATA_HOST", metadata.Host)), TimeProvider.System, Issued());
        Assert.Equal(new RegistryCredential("oauth2accesstoken", "t"), Assert.Single(await FindAsync(source, "europe-docker.pkg.dev/p/r/app")).Credential);
        Assert.Equal("Google", Assert.Single(metadata.Requests)["Metadata-Flavor"]);
        Assert.Empty(await FindAsync(source, "gcr.io.attacker.example/app"));
        isGoogle = false;
        Assert.Empty(await FindAsync(new GoogleRegistries(http, Variables(("GCE_METADATA_HOST", metadata.Host)), TimeProvider.System, Issued()), "gcr.io/p/app"));
    }

    [Fact]
    public async Task Azure_exchanges_the_federated_token_for_the_registrys()
    {
        await using ScriptedServer azure = new(request => Replies.Text(200, request.Target.Contains("oauth2/v2.0/token", StringComparison.Ordinal) ? """{"access_token":"entra","expires_in":3600}""" : """{"refresh_token":"a.eyJleHAiOjQwNzA5MDg4MDB9.c"}"""));
        var source = new AzureRegistries(http, Variables(("AZURE_CLIENT_ID", "c"), ("AZURE_TENANT_ID", "t"), ("AZURE_FEDERATED_TOKEN_FILE", folder.Put("jwt", "assertion")), ("AZURE_AUTHORITY_HOST", $"http://{azure.Host}/")), TimeProvider.System, Issued(), _ => new Uri($"http://{azure.Host}/"));
        Assert.Equal(new RegistryCredential("00000000-0000-0000-0000-000000000000", "a.eyJleHAiOjQwNzA5MDg4MDB9.c"), Assert.Single(await FindAsync(source, "shop.azurecr.io/app")).Credential);
        Assert.Equal(["POST /t/oauth2/v2.0/token", "POST /oauth2/exchange"], azure.Lines);
        Assert.Contains("client_assertion=assertion", azure.Requests.First().Body, StringComparison.Ordinal);
        Assert.Contains("grant_type=access_token&service=shop.azurecr.io&access_token=entra&tenant=t", azure.Requests.Last().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_credential_provider_is_run_as_the_kubelet_runs_it()
    {
        var program = folder.Put("bin/provider", $$"""
            #!/bin/sh
            cat >> {{folder["asked"]}}
            echo "$GREETING $1" >> {{folder["asked"]}}
            echo '{"apiVersion":"credentialprovider.kubelet.k8s.io/v1","kind":"CredentialProviderResponse","cacheKeyType":"Registry","auth":{"r.example/team":{"username":"u","password":"p"},"other.example":{"username":"x","password":"y"} } }'
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var config = folder.Put("config.yaml", "apiVersion: kubelet.config.k8s.io/v1\nkind: CredentialProviderConfig\nproviders:\n- name: provider\n  matchImages: ['*.example']\n  defaultCacheDuration: 1h\n  apiVersion: credentialprovider.kubelet.k8s.io/v1\n  args: [--arg]\n  env: [{name: GREETING, value: hello}]\n");
        CredentialProviders source = new(ProviderConfig.Read(config), folder["bin"], TimeProvider.System, NullLogger.Instance);
        Assert.Equal("r.example/team", Assert.Single(await FindAsync(source, "r.example/team/app:1")).Key);
        Assert.Single(await FindAsync(source, "r.example/team/other"));
        Assert.Empty(await FindAsync(source, "r.example/others/app"));
        Assert.Empty(await FindAsync(source, "a.r.example/team/app"));
        Assert.Equal("""{"apiVersion":"credentialprovider.kubelet.k8s.io/v1","kind":"CredentialProviderRequest","image":"r.example/team/app"}hello --arg""" + "\n", folder.Read("asked"));
    }

    [Theory]
    [InlineData("r.example", "r.example", "a", true)]
    [InlineData("*.example", "a.r.example", "a", false)]
    [InlineData("*.r.example", "a.r.example", "a", true)]
    [InlineData("r?.example", "r1.example", "a", true)]
    [InlineData("r[0-9].example", "r1.example", "a", true)]
    [InlineData("r[^0-9].example", "r1.example", "a", false)]
    [InlineData("r.example", "r.example:5000", "a", false)]
    [InlineData("r.example:5000", "r.example:5000", "a", true)]
    [InlineData("https://r.example/team", "r.example", "team/app", true)]
    [InlineData("r.example/team", "r.example", "other", false)]
    [InlineData("r.example", "r.example.attacker.example", "a", false)]
    [InlineData("[::1]:5000", "[::1]:5000", "a", true)]
    public void Patterns_are_the_kubelets(string pattern, string registry, string repository, bool matches) => Assert.Equal(matches, ImagePattern.Matches(pattern, registry, repository));

    [Fact]
    public void Neither_a_credential_nor_keys_print_what_is_secret()
    {
        Assert.Equal("ann", new RegistryCredential("ann", "secret").ToString());
        Assert.DoesNotContain("secret", new StoredEntry("r", new("ann", "secret"), "x").ToString(), StringComparison.Ordinal);
        Assert.Equal("id", new AwsKeys("id", "secret", "t", default).ToString());
    }

    private IssuedCredentials Issued() => new(TimeProvider.System, metrics, NullLogger.Instance);

    private static Func<string, string?> Variables(params (string Name, string Value)[] values) => name => values.FirstOrDefault(v => v.Name == name).Value;

    private static async Task<IReadOnlyList<StoredEntry>> FindAsync(ICredentialSource source, string image)
    {
        Assert.True(ImageReference.TryParse(image, out var reference, out _));
        return await source.FindAsync(reference, TestContext.Current.CancellationToken);
    }
}
