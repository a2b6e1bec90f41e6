namespace Cleat.Admission.Tests;

/// <summary>References, nearly references, and what others took for one; the same each time.</summary>
internal static class ReferenceSamples
{
    private static readonly string A64 = new('a', 64);

    /// <summary>What policies in the field got wrong, and the edges of the grammar.</summary>
    public static IEnumerable<string> Known { get; } =
    [
        "nginx", "nginx:1", "", " ", "@", $"nginx@sha256:{A64}", $"nginx:1@sha256:{A64}", "nginx@sha256:abc", $"nginx@sha256:{new string('A', 64)}", $"a@b@sha256:{A64}", $"@sha256:{A64}",
        $"reg:5000/x/y:1@sha256:{A64}", $"nginx@sha256:{A64}\n", $"nginx\n@sha256:{A64}", $"\nnginx@sha256:{A64}", $"x@sha512:{new string('a', 128)}", $"x@sha384:{new string('a', 96)}", $"UPPER/x@sha256:{A64}",
        $"x/UPPER@sha256:{A64}", $"UPPER@sha256:{A64}", $"nginx@md5:{new string('a', 32)}", $"nginx@sha256:{A64} ", $"[::1]:5000/x@sha256:{A64}", $"[::1]/x@sha256:{A64}", $"[]/x@sha256:{A64}", $"[fe80::1%25eth0]/x@sha256:{A64}",
        $"my_host.lan/app@sha256:{A64}", $"a__b.c/d@sha256:{A64}", $"a..b/c@sha256:{A64}", $"-a.b/c@sha256:{A64}", $"a-.b/c@sha256:{A64}", $"localhost/x@sha256:{A64}", $"http://a.b/c@sha256:{A64}", $"a.b:/c@sha256:{A64}",
        $"a.b:99999999/c@sha256:{A64}", $"a.b/@sha256:{A64}", $"a.b//c@sha256:{A64}", $"/a@sha256:{A64}", $"a/@sha256:{A64}", $"a:@sha256:{A64}", $"a:{new string('t', 128)}@sha256:{A64}", $"a:{new string('t', 129)}@sha256:{A64}",
        $"a:-t@sha256:{A64}", $"a:.t@sha256:{A64}", $"a:_t@sha256:{A64}", $"a___b@sha256:{A64}", $"a._b@sha256:{A64}", $"a---b@sha256:{A64}", $"a_@sha256:{A64}", $"\u212Aelvin/x@sha256:{A64}", $"a.\u017F/x@sha256:{A64}", $"n\u00FCx@sha256:{A64}",
        $"${{IMAGE}}@sha256:{A64}", $"$(IMAGE)@sha256:{A64}", $"sha256:{A64}", A64, $"{A64}@sha256:{A64}", $"ko://a@sha256:{A64}", $"nginx@sha256:{A64[..63]}g", $"nginx@SHA256:{A64}", $"nginx@sha256:{A64}@sha256:{A64}", $"nginx%@sha256:{A64}",
        .. Lengths(),
    ];

    /// <summary>Known ones first.</summary>
    public static IEnumerable<string> All(int count) => Known.Concat(Made()).Take(count);

    private static IEnumerable<string> Lengths() =>
        from host in (string[])["", "a/", "localhost/", "docker.io/", "index.docker.io/", "r.example/", "a_b.c/", "[::1]/"]
        from tag in (string[])["", ":1"]
        from length in (int[])[239, 246, 247, 248, 249, 254, 255, 256, 257]
        from inner in (bool[])[false, true]
        select $"{host}{(inner ? "x/" + new string('a', length - 2) : new string('a', length))}{tag}@sha256:{A64}";

    private static IEnumerable<string> Made()
    {
        // seeded: the same samples each time
#pragma warning disable CA5394
        Random random = new(20261128);
        const string Odd = "aZ0.-_/:@[]% \n\t\\'\"$Az9~+,éK";
        while (true)
        {
            var host = One("", "", "", "r.example/", "r.example:5000/", "localhost/", "docker.io/", "index.docker.io/", "REG/", "a-b.c-d/", "[::1]:5000/", "library/", "a_b/", "a.b_c/", "-a/", "a..b/");
            var path = string.Join(One("/", "/", "//"), Enumerable.Range(0, random.Next(1, 5)).Select(_ => One("a", "app", "a-b", "a--b", "a_b", "a__b", "a___b", "a.b", "a..b", "a-", "_a", "A", "0", "x9", new string('n', random.Next(1, 130)))));
            var tag = One("", "", ":1", ":latest", ":v1.2-x_y", ":", ":-a", ":.a", ":" + new string('t', random.Next(120, 132)));
            var digest = One("", $"@sha256:{Hex(64)}", $"@sha256:{Hex(64)}", $"@sha256:{Hex(64)}", $"@sha384:{Hex(96)}", $"@sha512:{Hex(128)}", $"@sha256:{Hex(random.Next(60, 68))}", $"@sha1:{Hex(40)}", "@", $"@sha256:{Hex(64).ToUpperInvariant()}", $"@sha512:{Hex(64)}");
            var text = host + path + tag + digest;
            for (var changes = random.Next(0, 4) / 2; changes > 0 && text.Length > 0; changes--)
            {
                var at = random.Next(text.Length);
                text = random.Next(3) switch
                {
                    0 => text.Remove(at, 1),
                    1 => text.Insert(at, Odd[random.Next(Odd.Length)].ToString()),
                    _ => text[..at] + Odd[random.Next(Odd.Length)] + text[(at + 1)..],
                };
            }

            yield return text;
        }

        string One(params string[] choices) => choices[random.Next(choices.Length)];

        string Hex(int length) => random.GetHexString(length, lowercase: true);
#pragma warning restore CA5394
    }
}
