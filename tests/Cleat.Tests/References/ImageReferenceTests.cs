using Cleat.References;

namespace Cleat.Tests.References;

public sealed class ImageReferenceTests
{
    [Theory]
    [InlineData("nginx", "docker.io", "library/nginx", null)]
    [InlineData("nginx:1.27", "docker.io", "library/nginx", "1.27")]
    [InlineData("docker.io/nginx", "docker.io", "library/nginx", null)]
    [InlineData("docker.io/library/nginx", "docker.io", "library/nginx", null)]
    [InlineData("index.docker.io/nginx", "docker.io", "library/nginx", null)]
    [InlineData("index.docker.io/library/nginx", "docker.io", "library/nginx", null)]
    [InlineData("Docker.io/nginx", "Docker.io", "nginx", null)]
    [InlineData("docker.io:443/nginx", "docker.io:443", "nginx", null)]
    [InlineData("team/app", "docker.io", "team/app", null)]
    [InlineData("team_one/app", "docker.io", "team_one/app", null)]
    [InlineData("localhost", "docker.io", "library/localhost", null)]
    [InlineData("localhost:5000", "docker.io", "library/localhost", "5000")]
    [InlineData("localhost/app", "localhost", "app", null)]
    [InlineData("localhost:5000/app:1", "localhost:5000", "app", "1")]
    [InlineData("example.com", "docker.io", "library/example.com", null)]
    [InlineData("Foo/bar", "Foo", "bar", null)]
    [InlineData("host:5000/a/b:c", "host:5000", "a/b", "c")]
    [InlineData("host:99999/a", "host:99999", "a", null)] // any digits are a port: distribution/reference, regexp.go
    [InlineData("10.0.0.1/a", "10.0.0.1", "a", null)]
    [InlineData("[fc00::1]/a", "[fc00::1]", "a", null)]
    [InlineData("[FC00::1]:5000/a:b", "[FC00::1]:5000", "a", "b")]
    [InlineData("a--b.example/c", "a--b.example", "c", null)]
    [InlineData("my_host.lan/app:1", "my_host.lan", "app", "1")]
    [InlineData("a__b/c--d/e.f", "docker.io", "a__b/c--d/e.f", null)]
    [InlineData("nginx:_", "docker.io", "library/nginx", "_")]
    [InlineData("nginx:A.b-C_", "docker.io", "library/nginx", "A.b-C_")]
    public void Reads_and_normalises(string text, string registry, string repository, string? tag)
    {
        Assert.True(ImageReference.TryParse(text, out var reference, out _));
        Assert.Equal((registry, repository, tag), (reference.Registry, reference.Repository, reference.Tag));
        Assert.Null(reference.Digest);
        Assert.Equal($"{registry}/{repository}:{tag ?? "latest"}", reference.Canonical);
        Assert.Equal(text, reference.ToString());
    }

    [Fact]
    public void A_tag_and_a_digest_stand_together()
    {
        Assert.True(ImageReference.TryParse("host:5000/a/b:c@" + Samples.Sha512, out var reference, out _));
        Assert.Equal(("host:5000/a/b", "c", Samples.Sha512), (reference.Name, reference.Tag, reference.Digest.ToString()));
        Assert.Equal("host:5000/a/b:c", reference.WithoutDigest);
        Assert.Equal(reference.Original, reference.Canonical);
    }

    // Position is the first wrong character, or the end where something is missing
    [Theory]
    [InlineData("", 0, "is empty")]
    [InlineData("/nginx", 0, "is empty")]
    [InlineData("a//b", 2, "is empty")]
    [InlineData("a/", 2, "behind the last '/'")]
    [InlineData("docker.io/", 10, "behind the last '/'")]
    [InlineData(":tag", 0, "names no repository")]
    [InlineData("Nginx", 0, "lower case")]
    [InlineData("a/Nginx", 2, "lower case")]
    [InlineData("a___b", 1, "'___'")]
    [InlineData("a..b", 1, "'..'")]
    [InlineData("a.-b", 1, "'.-'")]
    [InlineData("-a", 0, "'-'")]
    [InlineData("a-", 1, "'-'")]
    [InlineData("a_/b", 1, "'_'")]
    [InlineData("a/_b", 2, "'_'")]
    [InlineData("a+b", 1, "'+'")]
    [InlineData("a.b./c", 4, "registry's name")]
    [InlineData("-a.b/c", 0, "registry's name")]
    [InlineData("a.b-/c", 3, "registry's name")]
    [InlineData("my_host:5000/c", 2, "'_'")]
    [InlineData("a.b:/c", 4, "port")]
    [InlineData("a:5x/c", 3, "port")]
    [InlineData("nginx:1.27/c", 7, "port")]
    [InlineData("[::1%eth0]/a", 4, "IPv6")]
    [InlineData("[::1.2.3.4]/a", 4, "IPv6")]
    [InlineData("[]:1/a", 1, "IPv6")]
    [InlineData("[::1/a", 4, "no ']'")]
    [InlineData("[::1]x/a", 5, "behind ']'")]
    [InlineData("[::1]", 0, "'['")]
    [InlineData("https://ghcr.io/a", 0, "URL: leave out 'https://'")]
    [InlineData("nginx:", 6, "tag behind ':' is empty")]
    [InlineData("nginx:-a", 6, "cannot hold '-' there")]
    [InlineData("nginx:a:b", 7, "cannot hold ':' there")]
    [InlineData("nginx:a+b", 7, "cannot hold '+' there")]
    [InlineData("nginx ", 5, "a space")]
    [InlineData(" nginx", 0, "a space")]
    [InlineData("nginx\t", 5, "a tab")]
    [InlineData("nginx\n", 5, "a line break")]
    [InlineData("ngi\u001bnx", 3, "control character U+001B")]
    [InlineData("ngi\u007fnx", 3, "control character U+007F")]
    [InlineData("nginx:\u0661", 6, "U+0661: references are plain ASCII")]
    [InlineData("ngin\u0445", 4, "U+0445")]
    [InlineData("\U0001F433", 0, "U+1F433")]
    [InlineData("nginx@", 6, "digest is empty")]
    [InlineData("nginx@a", 6, "no algorithm")]
    [InlineData("nginx@a:b", 6, "unknown algorithm 'a'")]
    [InlineData("nginx@blake3:00", 6, "unknown algorithm 'blake3': engines read sha256, sha384 and sha512")]
    [InlineData("nginx@sha256:123456", 19, "6 hex digits: sha256 has 64")]
    [InlineData("nginx@sha256:", 13, "0 hex digits")]
    [InlineData("nginx@sha256:12g", 15, "'g' at place 3")]
    public void Says_what_is_wrong_and_where(string text, int position, string words) => Wrong(text, position, words);

    [Fact]
    public void Says_what_is_wrong_with_a_long_text_and_where()
    {
        Wrong(Samples.Hex, 0, "image id");
        Wrong("nginx@" + Samples.Sha256[..^1], 13 + 63, "63 hex digits: sha256 has 64");
        Wrong("nginx@" + Samples.Sha256 + "0", 13 + 64, "65 hex digits: sha256 has 64");
        Wrong("nginx@" + Samples.Sha512[..^1], 13 + 127, "127 hex digits: sha512 has 128");
        Wrong("nginx@sha384:" + Samples.Hex, 13 + 64, "64 hex digits: sha384 has 96");
        Wrong("nginx@sha256:" + Samples.Hex.ToUpperInvariant(), 13 + 10, "upper-case");
        Wrong("nginx@SHA256:" + Samples.Hex, 6, "unknown algorithm 'SHA256'");
        Wrong("nginx@" + new string('m', 90) + ":00", 6, "'mmmmmmmmmmmmmmmmmmmm…'");
        Wrong("a@b@" + Samples.Sha256, 3, "two '@'");
        Wrong("a@" + Samples.Sha256 + "@" + Samples.Sha256, 73, "two '@'");
        Wrong("nginx:@" + Samples.Sha256, 6, "tag behind ':' is empty");
        Wrong("@" + Samples.Sha256, 0, "names no repository");
        Wrong("nginx@" + Samples.Sha256 + "\n", 77, "a line break");
        Wrong("nginx:" + new string('t', 129), 134, "longer than 128");
    }

    [Fact]
    public void The_path_has_255_characters_with_the_library_of_docker_hub_and_without_the_registry()
    {
        string host = new('h', 300), path = new('p', 255);
        Assert.True(Reads($"{host}.example/{path}"));
        Assert.False(Reads($"{host}.example/{path}p"));
        Assert.True(Reads(path[8..]));
        Assert.False(Reads(path[7..]));
        Assert.True(Reads("docker.io/" + path[8..]));
        Assert.False(Reads("docker.io/" + path[7..]));
        Assert.True(Reads("docker.io/a/" + path[2..]));
        Assert.False(Reads("a/" + path[1..]));
    }

    [Fact]
    public void Hex_digits_are_a_name_when_anything_stands_beside_them()
    {
        Assert.True(Reads(Samples.Hex + ":1"));
        Assert.True(Reads("docker.io/" + Samples.Hex));
        Assert.True(Reads(Samples.Hex[1..]));
        Assert.True(Reads("sha256:" + Samples.Hex), "a repository called sha256 with a tag, as the Docker client reads it in FROM");
    }

    [Theory]
    [InlineData("a")]
    [InlineData("-")]
    [InlineData("_")]
    [InlineData(".")]
    [InlineData("/")]
    [InlineData(":")]
    [InlineData("@")]
    [InlineData("a.")]
    [InlineData("a/")]
    [InlineData("[")]
    [InlineData("é")]
    public void A_megabyte_is_refused_at_once_and_in_few_words(string piece)
    {
        var long1 = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        foreach (var text in new[] { long1, "a/" + long1, "a.b" + long1 + "/a", "a:" + long1, "a@sha256:" + long1, "a@" + long1 + ":" })
        {
            if (!ImageReference.TryParse(text, out _, out var error))
            {
                Assert.InRange(error.Message.Length, 5, 150);
            }
        }
    }

    private static bool Reads(string text) => ImageReference.TryParse(text, out _, out _);

    private static void Wrong(string text, int position, string words)
    {
        Assert.False(ImageReference.TryParse(text, out var reference, out var error));
        Assert.Null(reference);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.False(error.Message.EndsWith('.'));
        Assert.Equal(position, error.Position);
    }
}
