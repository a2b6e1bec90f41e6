using Cleat.Formats.Variables;
using CsCheck;

namespace Cleat.Tests.References;

/// <summary>Random references and near misses.</summary>
internal static class Samples
{
    public static readonly string Hex = string.Concat(Enumerable.Repeat("0123456789abcdef", 4));
    public static readonly string Sha256 = "sha256:" + Hex;
    public static readonly string Sha384 = "sha384:" + Hex + Hex[..32];
    public static readonly string Sha512 = "sha512:" + Hex + Hex;

    private static readonly string[] Pieces =
    [
        "nginx", "a", "b1", "library", "library/", "docker.io", "docker.io/", "index.docker.io/", "localhost", "localhost/", "Foo", "x_y.z/", "sha256",
        ":", ":", "/", "/", "@", "@", ".", "_", "__", "-", "--", "[", "]", "::1", "[fe80::1]", "[AB]", "%eth0", "5000", ":5000/", "1.27", "A",
        "@" + Sha256, "@" + Sha384, "@" + Sha512, "@" + Sha256[..^1], "@" + Sha256 + "0", "@sha256:" + Hex.ToUpperInvariant(), "@md5:" + Hex[..32], Hex,
        " ", "\n", "\0", "é", "\u0430", "\u212a", "\u017f", "\u0663", "\ud83d", "\uff1a", "$", "{", "+",
        new('p', 120), new('t', 127), new('r', 247),
    ];

    private static readonly Gen<string> Assembled = Gen.OneOf(Pieces).Array[0, 7].Select(string.Concat);

    /// <summary>References that the grammar has, all of its corners included.</summary>
    public static readonly Gen<string> Valid = Gen.Select(
        Gen.OneOf("", "", "docker.io/", "index.docker.io/", "localhost/", "localhost:5000/", "Foo/", "a.b/", "a--b.c-d:1/", "[::1]/", "[fE80::1]:443/", "[ab]:1/", "h_1.lan/", "127.0.0.1/"),
        Gen.OneOf("nginx", "a__b", "a--b", "a.b", "library/redis", "x/y/z", "1", "a-b_c.d/e", "localhost", new string('n', 200), Hex + "/a"),
        Gen.OneOf("", "", ":1.27", ":_", ":A.b-C_d", ":" + new string('t', 128)),
        Gen.OneOf("", "", "@" + Sha256, "@" + Sha384, "@" + Sha512),
        (domain, path, tag, digest) => domain + path + tag + digest);

    private static readonly Gen<string> Mutated = Gen.Select(Valid, Gen.Int[0, 400], Gen.Int[0, 2], Gen.OneOf(Pieces), (text, place, how, piece) =>
    {
        var at = place % (text.Length + 1);
        return how switch
        {
            0 => text.Insert(at, piece),
            1 => text.Remove(at, int.Min(1, text.Length - at)),
            _ => text.Remove(at, int.Min(1, text.Length - at)).Insert(at, piece[..1]),
        };
    });

    /// <summary>Anything: pieces in any order, references with one fault, references.</summary>
    public static readonly Gen<string> Any = Gen.Frequency((4, Assembled), (4, Mutated), (1, Valid));
}
