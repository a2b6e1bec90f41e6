using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cleat.Admission.Reviews;
using Cleat.References;

namespace Cleat.Admission.SignIn;

/// <summary>Registries of AWS, with this pod's own identity: ECR's and ECR Public's GetAuthorizationToken.</summary>
internal sealed partial class AwsRegistries(CloudHttp http, Func<string, string?> environment, TimeProvider clock, IssuedCredentials issued) : ICredentialSource
{
    private readonly AwsKeySource keys = new(http, environment, clock);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredEntry>> FindAsync(ImageReference reference, CancellationToken cancellation)
    {
        var host = reference.Registry;
        var open = host is "public.ecr.aws" or "ecr-public.aws.com";
        var match = open ? null : Private().Match(host);
        if (match is { Success: false })
        {
            return [];
        }

        // the token opens every registry that the identity may read: by region, not by account
        var region = open ? "us-east-1" : match!.Groups["region"].Value;
        var suffix = open || match!.Groups["suffix"].Value is "on.aws" ? "amazonaws.com" : match.Groups["suffix"].Value;
        var fips = match?.Groups["fips"].Success == true;
        var credential = await issued.GetAsync($"aws {(open ? "public" : fips ? "fips" : "")} {region} {keys.Identity}", stop => FetchAsync(open, fips, region, suffix, stop), cancellation);
        return credential is null ? [] : [new(host, credential, "the pod's AWS identity")];
    }

    private async Task<Issued> FetchAsync(bool open, bool fips, string region, string suffix, CancellationToken cancellation)
    {
        var own = await keys.FetchAsync(region, suffix, cancellation);
        var place = environment(open ? "AWS_ENDPOINT_URL_ECR_PUBLIC" : "AWS_ENDPOINT_URL_ECR") is { Length: > 0 } given ? new Uri(given)
            : new Uri(open ? $"https://api.ecr-public.{region}.amazonaws.com/" : $"https://api.ecr{(fips ? "-fips" : "")}.{region}.{suffix}/");
        HttpRequestMessage request = new(HttpMethod.Post, place);
        var target = open ? "SpencerFrontendService.GetAuthorizationToken" : "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken";
        AwsSignature.Sign(request, "{}"u8.ToArray(), target, open ? "ecr-public" : "ecr", region, own, clock.GetUtcNow());
        using var json = await http.JsonAsync(request, open ? "ECR Public" : $"ECR in {region}", cancellation);
        var data = Json.Child(json.RootElement, "authorizationData") ?? default;
        var first = data.ValueKind == JsonValueKind.Array && data.GetArrayLength() > 0 ? data[0] : data;
        var bytes = new byte[16 * 1024];
        if (Json.Text(first, "authorizationToken") is not { Length: < 16 * 1024 } token || !Convert.TryFromBase64String(token, bytes, out var length)
            || Encoding.UTF8.GetString(bytes, 0, length) is not { } pair || pair.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon))
        {
            throw new ExchangeException("ECR gives no token");
        }

        var ends = Json.Child(first, "expiresAt") is { ValueKind: JsonValueKind.Number } time ? DateTimeOffset.UnixEpoch.AddSeconds(time.GetDouble()) : clock.GetUtcNow().AddHours(12);
        return new(new RegistryCredential(pair[..colon], pair[(colon + 1)..]), ends);
    }

    [GeneratedRegex(@"\A\d{12}\.dkr[.-]ecr(?<fips>-fips)?\.(?<region>[a-z0-9-]+)\.(?<suffix>amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|on\.aws|on\.amazonwebservices\.com\.cn|sc2s\.sgov\.gov|c2s\.ic\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Private();
}
