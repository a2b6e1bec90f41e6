using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cleat.Admission.SignIn;

/// <summary>Keys of AWS, as long as they hold.</summary>
internal sealed record AwsKeys(string Id, string Secret, string? Token, DateTimeOffset Expires)
{
    public override string ToString() => Id;
}

/// <summary>Signature Version 4 of a POST to <c>/</c> with a JSON body (AWS: "Create a signed AWS API request").</summary>
internal static class AwsSignature
{
    /// <summary>Adds the date, the session's token and the signature to a request.</summary>
    /// <param name="service">The signing name: <c>ecr</c>.</param>
    public static void Sign(HttpRequestMessage request, byte[] body, string target, string service, string region, AwsKeys keys, DateTimeOffset now)
    {
        const string ContentType = "application/x-amz-json-1.1";
        var time = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var date = time[..8];
        List<(string Name, string Value)> headers = [("content-type", ContentType), ("host", request.RequestUri!.Authority), ("x-amz-date", time)];
        if (keys.Token is { } token)
        {
            headers.Add(("x-amz-security-token", token));
        }

        headers.Add(("x-amz-target", target));
        var signed = string.Join(';', headers.Select(h => h.Name));
        var canonical = $"POST\n/\n\n{string.Concat(headers.Select(h => $"{h.Name}:{h.Value}\n"))}\n{signed}\n{Hex(SHA256.HashData(body))}";
        var scope = $"{date}/{region}/{service}/aws4_request";
        var text = $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = Encoding.UTF8.GetBytes("AWS4" + keys.Secret);
        foreach (var part in (string[])[date, region, service, "aws4_request"])
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        var signature = Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        foreach (var (name, value) in headers.Where(h => h.Name.StartsWith("x-", StringComparison.Ordinal)))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential={keys.Id}/{scope}, SignedHeaders={signed}, Signature={signature}");
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
