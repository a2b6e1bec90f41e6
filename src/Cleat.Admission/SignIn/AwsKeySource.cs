using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using Cleat.Admission.Reviews;

namespace Cleat.Admission.SignIn;

/// <summary>Keys of this pod's identity, in the order of AWS's default chain: the environment, IRSA (STS AssumeRoleWithWebIdentity), EKS Pod Identity, the node's role (IMDSv2).</summary>
internal sealed class AwsKeySource(CloudHttp http, Func<string, string?> environment, TimeProvider clock)
{
    private const string MetadataHost = "http://169.254.169.254";

    /// <summary>Who this is, for keys of caches.</summary>
    public string Identity => environment("AWS_ROLE_ARN") ?? environment("AWS_ACCESS_KEY_ID") ?? environment("AWS_CONTAINER_CREDENTIALS_FULL_URI") ?? "node";

    /// <exception cref="ExchangeException">There are none.</exception>
    public async Task<AwsKeys> FetchAsync(string region, string suffix, CancellationToken cancellation)
    {
        if (environment("AWS_ACCESS_KEY_ID") is { Length: > 0 } id && environment("AWS_SECRET_ACCESS_KEY") is { Length: > 0 } secret)
        {
            return new(id, secret, environment("AWS_SESSION_TOKEN"), DateTimeOffset.MaxValue);
        }

        return environment("AWS_WEB_IDENTITY_TOKEN_FILE") is { Length: > 0 } file && environment("AWS_ROLE_ARN") is { Length: > 0 } role ? await AssumeRoleAsync(file, role, region, suffix, cancellation)
            : environment("AWS_CONTAINER_CREDENTIALS_FULL_URI") is { Length: > 0 } uri ? await ContainerAsync(uri, cancellation)
            : environment("AWS_EC2_METADATA_DISABLED") is "true" ? throw new ExchangeException("the pod has no identity (IRSA or Pod Identity), and AWS_EC2_METADATA_DISABLED is true")
            : await NodeAsync(cancellation);
    }

    // the file is renewed where it lies: read each time
    private async Task<AwsKeys> AssumeRoleAsync(string file, string role, string region, string suffix, CancellationToken cancellation)
    {
        var place = environment("AWS_ENDPOINT_URL_STS") is { Length: > 0 } given ? new Uri(given) : new Uri($"https://sts.{region}.{suffix}/");
        var token = (await File.ReadAllTextAsync(file, Encoding.ASCII, cancellation)).Trim();
        HttpRequestMessage request = new(HttpMethod.Post, place)
        {
            Content = new FormUrlEncodedContent(
            [
                new("Action", "AssumeRoleWithWebIdentity"), new("Version", "2011-06-15"), new("RoleArn", role),
                new("RoleSessionName", environment("AWS_ROLE_SESSION_NAME") is { Length: > 1 } name ? name : "cleat-admission"), new("WebIdentityToken", token),
            ]),
        };
        var (status, body, _) = await http.SendAsync(request, cancellation);
        var said = Elements(body);
        return status == 200 && said.TryGetValue("AccessKeyId", out var id) && said.TryGetValue("SecretAccessKey", out var secret)
            ? new(id, secret, said.GetValueOrDefault("SessionToken"), Time(said.GetValueOrDefault("Expiration")))
            : throw new ExchangeException($"STS answers {status} ({said.GetValueOrDefault("Code", "no code")}) to AssumeRoleWithWebIdentity for {role}");
    }

    // EKS Pod Identity: http to these addresses of the node only
    private async Task<AwsKeys> ContainerAsync(string place, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(place, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && !(uri.IsLoopback || uri.Host is "169.254.170.2" or "169.254.170.23" or "[fd00:ec2::23]")))
        {
            throw new ExchangeException("AWS_CONTAINER_CREDENTIALS_FULL_URI names a place that must not be asked over http");
        }

        HttpRequestMessage request = new(HttpMethod.Get, uri);
        if (environment("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") is { Length: > 0 } file)
        {
            request.Headers.TryAddWithoutValidation("Authorization", (await File.ReadAllTextAsync(file, Encoding.ASCII, cancellation)).Trim());
        }

        using var json = await http.JsonAsync(request, "the EKS Pod Identity agent", cancellation);
        return Keys(json.RootElement, "the EKS Pod Identity agent");
    }

    private async Task<AwsKeys> NodeAsync(CancellationToken cancellation)
    {
        var host = environment("AWS_EC2_METADATA_SERVICE_ENDPOINT") is { Length: > 0 } given ? given.TrimEnd('/') : MetadataHost;
        HttpRequestMessage put = new(HttpMethod.Put, $"{host}/latest/api/token");
        put.Headers.TryAddWithoutValidation("X-Aws-Ec2-Metadata-Token-Ttl-Seconds", "300");
        var token = Encoding.ASCII.GetString(Ok(await http.SendAsync(put, cancellation)));
        const string Roles = "/latest/meta-data/iam/security-credentials/";
        var role = Encoding.ASCII.GetString(Ok(await http.SendAsync(Get(Roles), cancellation))).Split('\n')[0].Trim();
        using var json = await http.JsonAsync(Get(Roles + Uri.EscapeDataString(role)), "the node's metadata (IMDS)", cancellation);
        var keys = Keys(json.RootElement, "the node's metadata (IMDS)");
        var latest = clock.GetUtcNow() + TimeSpan.FromHours(1);
        return keys.Expires > latest ? keys with { Expires = latest } : keys;

        HttpRequestMessage Get(string path)
        {
            HttpRequestMessage get = new(HttpMethod.Get, host + path);
            get.Headers.TryAddWithoutValidation("X-Aws-Ec2-Metadata-Token", token);
            return get;
        }

        static byte[] Ok((int Status, byte[] Body, HttpResponseMessage Head) answer) =>
            answer.Status == 200 ? answer.Body : throw new ExchangeException($"the node's metadata (IMDS) answers {answer.Status}");
    }

    private static AwsKeys Keys(JsonElement root, string who) =>
        Json.Text(root, "AccessKeyId") is { } id && Json.Text(root, "SecretAccessKey") is { } secret
            ? new(id, secret, Json.Text(root, "Token"), Time(Json.Text(root, "Expiration")))
            : throw new ExchangeException($"{who} gives no keys");

    private static DateTimeOffset Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : DateTimeOffset.MaxValue;

    // the first text of each element, whatever it stands in
    private static Dictionary<string, string> Elements(byte[] body)
    {
        Dictionary<string, string> found = new(StringComparer.Ordinal);
        try
        {
            using var xml = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var name = "";
            while (xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element)
                {
                    name = xml.LocalName;
                }
                else if (xml.NodeType == XmlNodeType.Text)
                {
                    found.TryAdd(name, xml.Value);
                }
            }
        }
        catch (XmlException)
        {
            // what was read before it counts; a half answer has no keys
        }

        return found;
    }
}
