using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Cleat.References;

/// <summary>
/// A content digest of a registered algorithm with exactly its length in lower-case hex
/// (OCI image-spec, descriptor.md, "Digests": sha256 and sha512; sha384 as the distribution project registers it).
/// </summary>
/// <remarks><c>default(Digest)</c> is no digest: <see cref="IsValid"/> is false and it formats as an empty string.</remarks>
public readonly record struct Digest
{
    private Digest(string algorithm, string hex)
    {
        Algorithm = algorithm;
        Hex = hex;
    }

    public string Algorithm { get; }

    public string Hex { get; }

    [MemberNotNullWhen(true, nameof(Algorithm), nameof(Hex))]
    public bool IsValid => Hex is not null;

    /// <summary>Hashes content, as a registry does to name a manifest.</summary>
    public static Digest Sha256(ReadOnlySpan<byte> content) => new("sha256", Convert.ToHexStringLower(SHA256.HashData(content)));

    /// <summary>Hashes content with the algorithm of this digest and compares.</summary>
    public bool Matches(ReadOnlySpan<byte> content) => Algorithm switch
    {
        "sha256" => Hex == Convert.ToHexStringLower(SHA256.HashData(content)),
        "sha384" => Hex == Convert.ToHexStringLower(SHA384.HashData(content)),
        "sha512" => Hex == Convert.ToHexStringLower(SHA512.HashData(content)),
        _ => false,
    };

    /// <summary>Reads <c>algorithm:hex</c>.</summary>
    /// <param name="problem">What is wrong, in words that fit behind "the digest …"; null when it is well formed.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out Digest digest, [NotNullWhen(false)] out string? problem)
    {
        digest = default;
        var colon = text.IndexOf(':');
        if (text.IsEmpty || colon < 0)
        {
            problem = text.IsEmpty ? "is empty" : "has no algorithm: it must read sha256: and 64 hex digits";
            return false;
        }

        var algorithm = text[..colon];
        var hex = text[(colon + 1)..];
        var length = algorithm switch { "sha256" => 64, "sha384" => 96, "sha512" => 128, _ => 0 };
        if (length == 0)
        {
            problem = $"has an unknown algorithm '{Shown(algorithm)}': registered are sha256, sha384 and sha512";
            return false;
        }

        var stray = hex.IndexOfAnyExcept(LowerHex);
        if (stray >= 0 && hex.IndexOfAnyExcept(AnyHex) < 0)
        {
            problem = "has upper-case hex digits: they must be lower case";
            return false;
        }

        if (stray >= 0)
        {
            problem = $"has a character that is no hex digit ('{Shown(hex.Slice(stray, 1))}' at place {stray + 1})";
            return false;
        }

        if (hex.Length != length)
        {
            problem = $"has {hex.Length} hex digits: {algorithm} has {length}";
            return false;
        }

        problem = null;
        digest = new Digest(algorithm.ToString(), hex.ToString());
        return true;
    }

    public override string ToString() => IsValid ? $"{Algorithm}:{Hex}" : "";

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    private static readonly SearchValues<char> AnyHex = SearchValues.Create("0123456789abcdefABCDEF");

    private static string Shown(ReadOnlySpan<char> text) => text.Length > 20 ? $"{text[..20]}…" : text.ToString();
}
