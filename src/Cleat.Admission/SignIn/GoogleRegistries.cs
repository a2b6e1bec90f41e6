using System.Text.Json;
using Cleat.Admission.Reviews;
using Cleat.References;

namespace Cleat.Admission.SignIn;

/// <summary>Registries of Google, with the identity that the metadata server gives this pod.</summary>
internal sealed class GoogleRegistries(CloudHttp http, Func<string, string?> environment, TimeProvider clock, IssuedCredentials issued) : ICredentialSource
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredEntry>> FindAsync(ImageReference reference, CancellationToken cancellation)
    {
        var host = reference.Registry;
        if (host != "gcr.io" && !host.EndsWith(".gcr.io", StringComparison.Ordinal) && !host.EndsWith(".pkg.dev", StringComparison.Ordinal))
        {
            return [];
        }

        var credential = await issued.GetAsync("gcp", FetchAsync, cancellation);
        return credential is null ? [] : [new(host, credential, "the pod's Google identity")];
    }

    private async Task<Issued> FetchAsync(CancellationToken cancellation)
    {
        // the dot at the end keeps search domains out
        var server = environment("GCE_METADATA_HOST") is { Length: > 0 } given ? given : "metadata.google.internal.";
        HttpRequestMessage request = new(HttpMethod.Get, $"http://{server}/computeMetadata/v1/instance/service-accounts/default/token");
        request.Headers.TryAddWithoutValidation("Metadata-Flavor", "Google");
        var (status, body, head) = await http.SendAsync(request, cancellation);
        if (!head.Headers.TryGetValues("Metadata-Flavor", out var flavor) || !flavor.Contains("Google"))
        {
            throw new ExchangeException($"{server} is no metadata server of Google");
        }

        if (status != 200 || !Json.TryParse(body, out var json))
        {
            throw new ExchangeException($"the metadata server answers {status}{(status == 404 ? ": the pod has no service account" : "")}");
        }

        using (json)
        {
            return Json.Text(json.RootElement, "access_token") is { Length: > 0 } token && Json.Child(json.RootElement, "expires_in") is { ValueKind: JsonValueKind.Number } seconds
                ? new(new RegistryCredential("oauth2accesstoken", token), clock.GetUtcNow().AddSeconds(seconds.GetDouble()))
                : throw new ExchangeException("the metadata server gives no token");
        }
    }
}
