using System.Net;

namespace Cleat.Registries;

/// <summary>What came back over HTTP, its body read already and capped.</summary>
internal sealed record Answer(HttpStatusCode Status, byte[]? Body, string? MediaType, string? DigestHeader, IReadOnlyList<string> Challenges, Uri? Location, TimeSpan? RetryAfter)
{
    /// <summary>Set when there is no answer: what happened, and whether another try may help.</summary>
    public string? Failure { get; init; }

    /// <summary>Set when the failure must not be retried: what came is unusable, not missing.</summary>
    public bool IsRefusal { get; init; }

    public bool IsSuccess => Failure is null && (int)Status is >= 200 and < 300;

    public bool IsRedirect => Failure is null && Status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    /// <summary>Worth another try (docs of the registries named in docs/registries.md; 499 and 522 come from proxies before them).</summary>
    public bool IsPassing => (Failure is not null && !IsRefusal) || (int)Status is 408 or 429 or 499 or 500 or 502 or 503 or 504 or 522;

    public static Answer Failed(string why, bool refusal = false) => new(0, null, null, null, [], null, null) { Failure = why, IsRefusal = refusal };
}
