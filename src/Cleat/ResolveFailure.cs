namespace Cleat;

/// <summary>Why it is not known what a tag means.</summary>
public enum ResolveFailure
{
    /// <summary>The registry does not have it.</summary>
    NotFound,

    /// <summary>Credentials are missing or were refused.</summary>
    Denied,

    /// <summary>The registry asks to come back later.</summary>
    RateLimited,

    /// <summary>No answer: DNS, TLS, reset, stall, time limit, 5xx to the end.</summary>
    Unreachable,

    /// <summary>It answered with something that must not be used, such as a digest that its bytes do not have.</summary>
    Refused,
}
