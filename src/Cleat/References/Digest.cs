using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Cleat.Text;

namespace Cleat.References;

/// <summary>
/// A content digest of an algorithm that engines read, with exactly its length in lower-case hex (opencontainers/go-digest: sha256, sha384 and
/// sha512. OCI image-spec, descriptor.md, registers sha256, sha512 and, on its main branch, blake3, which no engine reads by itself).
/// </summary>
/// <remarks><c>default(Digest)</c> is no digest: <see cref="IsValid"/> is false and it formats as an empty string.</remarks>
public readonly record struct Digest
{
    private Digest(string algorithm, string hex)
    {
        Algorithm = algorithm;
        Hex = hex;
    }

    /// <summary>One of <c>sha256</c>, <c>sha384</c>, <c>sha512</c>; empty in <c>default</c>.</summary>
    public string Algorithm { get => field ?? ""; }

    /// <summary>Lower-case hex, as many digits as the algorithm has; empty in <c>default</c>.</summary>
    public string Hex { get => field ?? ""; }

    public bool IsValid => Hex.Length > 0;

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
    public static bool TryParse(ReadOnlySpan<char> text, out Digest digest, [NotNullWhen(false)] out string? problem) =>
        TryParse(text, out digest, out problem, out _);

    /// <param name="position">The first character that is wrong; the end of the text when something is missing there.</param>
    internal static bool TryParse(ReadOnlySpan<char> text, out Digest digest, [NotNullWhen(false)] out string? problem, out int position)
    {
        digest = default;
        position = 0;
        if (text.IsEmpty)
        {
            problem = "is empty";
            return false;
        }

        var colon = text.IndexOf(':');
        if (colon < 0)
        {
            problem = "has no algorithm: it must read sha256: and 64 hex digits";
            return false;
        }

        var algorithm = text[..colon];
        var length = algorithm switch { "sha256" => 64, "sha384" => 96, "sha512" => 128, _ => 0 };
        if (length == 0)
        {
            problem = $"has an unknown algorithm '{PrintableText.Codes(algorithm)}': engines read sha256, sha384 and sha512";
            return false;
        }

        var hex = text[(colon + 1)..];
        problem = Hexadecimal(hex, algorithm, length, out position);
        position += colon + 1;
        if (problem is not null)
        {
            return false;
        }

        digest = new Digest(algorithm.ToString(), hex.ToString());
        return true;
    }

    private static string? Hexadecimal(ReadOnlySpan<char> hex, ReadOnlySpan<char> algorithm, int length, out int position)
    {
        position = hex.IndexOfAnyExcept(AnyHex);
        if (position >= 0)
        {
            return $"has a character that is no hex digit ('{PrintableText.CodeAt(hex, position)}' at place {position + 1})";
        }

        if (hex.Length != length)
        {
            position = int.Min(hex.Length, length);
            return $"has {hex.Length} hex digits: {algorithm} has {length}";
        }

        position = hex.IndexOfAnyExcept(LowerHex);
        return position >= 0 ? "has upper-case hex digits: they must be lower case" : null;
    }

    public override string ToString() => IsValid ? $"{Algorithm}:{Hex}" : "";

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    private static readonly SearchValues<char> AnyHex = SearchValues.Create("0123456789abcdefABCDEF");
}
