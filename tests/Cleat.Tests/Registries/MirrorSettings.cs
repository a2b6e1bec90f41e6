using Cleat.Registries.Client;
using Cleat.Registries.Settings;

namespace Cleat.Tests.Registries;

/// <summary>What registries.conf and hosts.toml say, read; nobody is asked.</summary>
public sealed class MirrorSettings : IDisposable
{
    private readonly SettingsFolder settings = new();

    public void Dispose() => settings.Dispose();

    [Theory]
    [InlineData("docker.io/library/nginx:1", true, "m1.example/library/nginx, m2.example:5000/hub/library/nginx > docker.io/library/nginx")]
    [InlineData("docker.io/library/nginx:1", false, "m1.example/library/nginx, m2.example:5000/hub/library/nginx, digests.example/library/nginx > docker.io/library/nginx")]
    [InlineData("a.example/team/app:1", true, "team.example/app > a.example/team/app")]
    [InlineData("a.example/teams/app:1", true, " > elsewhere.example/all/teams/app")]
    [InlineData("x.corp.example/app:1", true, "corp-mirror.example/app > x.corp.example/app")]
    [InlineData("corp.example/app:1", true, " > corp.example/app")]
    [InlineData("insecure.example/app:1", true, " > insecure.example/app Insecure")]
    [InlineData("other.example/app:1", true, " > other.example/app")]
    public void The_longest_prefix_decides(string reference, bool byTag, string expected)
    {
        settings.Put("etc/containers/registries.conf", """
            unqualified-search-registries = ["docker.io"]
            [[registry]]
            location = "docker.io"
            [[registry.mirror]]
            location = "m1.example"
            [[registry.mirror]]
            location = "m2.example:5000/hub"
            [[registry.mirror]]
            location = "digests.example"
            pull-from-mirror = "digest-only"
            [[registry]]
            prefix = "a.example"
            location = "elsewhere.example/all"
            [[registry]]
            location = "a.example/team"
            [[registry.mirror]]
            location = "team.example"
            [[registry]]
            prefix = "*.corp.example"
            [[registry.mirror]]
            location = "corp-mirror.example"
            [[registry]]
            location = "insecure.example"
            insecure = true
            """);
        Assert.Equal(expected, Shown(settings.Read(), reference, byTag));
        Assert.Null(settings.Read().Problem);
    }

    [Fact]
    public void The_user_s_file_takes_the_place_of_the_system_s_and_a_drop_in_that_of_an_earlier_table()
    {
        Conf("etc/containers/registries.conf", "system");
        Assert.Equal("system.example/b > a.example/b", Shown(settings.Read(), "a.example/b:1"));
        Conf("etc/containers/registries.conf.d/10.conf", "system-drop");
        Assert.Equal("system-drop.example/b > a.example/b", Shown(settings.Read(), "a.example/b:1"));
        Conf("home/.config/containers/registries.conf", "user");
        Assert.Equal("user.example/b > a.example/b", Shown(settings.Read(), "a.example/b:1"));
        Conf("home/.config/containers/registries.conf.d/10.conf", "user-drop");
        Conf("home/.config/containers/registries.conf.d/09.conf", "user-earlier");
        Assert.Equal("user-drop.example/b > a.example/b", Shown(settings.Read(), "a.example/b:1"));
        Directory.Delete($"{settings.Path}/home", recursive: true);
        Directory.Delete($"{settings.Path}/etc/containers/registries.conf.d", recursive: true);
        Conf("named.conf", "named");
        Assert.Equal("named.example/b > a.example/b", Shown(settings.Read($"{settings.Path}/named.conf"), "a.example/b:1"));
    }

    [Theory]
    [InlineData("[[registry", "cannot be used")]
    [InlineData("[registries.search]\nregistries = ['docker.io']", "version 1")]
    [InlineData("[[registry]]\nblocked = true", "without prefix and location")]
    public void What_cannot_be_used_is_named(string text, string problem)
    {
        settings.Put("etc/containers/registries.conf", text);
        var said = settings.Read().Problem;
        Assert.StartsWith($"{settings.Path}/etc/containers/registries.conf", said, StringComparison.Ordinal);
        Assert.Contains(problem, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Containerd_s_hosts_are_taken_in_order_and_the_server_last()
    {
        Hosts("docker.io", """
            server = "https://registry-1.docker.io"
            [host."https://one.example/mirror"]
            capabilities = ["pull", "resolve"]
            [host."https://pull-only.example"]
            capabilities = ["pull"]
            [host."http://two.example/x/v2"]
            [host."https://three.example/api"]
            override_path = true
            """);
        Hosts("_default", "server = 'https://all.example'");
        Assert.Equal(
            "one.example/mirror/v2/?ns=docker.io library/nginx Https, http://two.example/x/v2/?ns=docker.io library/nginx, three.example/api/?ns=docker.io library/nginx Https > docker.io/v2/ library/nginx Https",
            Full(settings.Read(), "nginx:1"));
        Assert.Equal(" > all.example/v2/?ns=other.example a Https", Full(settings.Read(), "other.example/a:1"));
    }

    [Theory]
    [InlineData("[host.'https://m.example']\nskip_verify = true", "skip_verify of https://m.example is not followed")]
    [InlineData("[host.'https://m.example']\nheader = {x = 'y'}", "the headers of https://m.example are not sent")]
    [InlineData("[host.'ftp://m.example']", "'ftp://m.example' is no address")]
    [InlineData("[host", "cannot be used")]
    public void What_containerd_s_file_has_that_is_not_followed_is_said(string text, string note)
    {
        Hosts("r.example:5000", text);
        var route = settings.Read().Route(Ask.Reference("r.example:5000/a:1"), byTag: true);
        Assert.StartsWith($"{settings.Path}/etc/containerd/certs.d/r.example:5000", route.Note, StringComparison.Ordinal);
        Assert.Contains(note, route.Note, StringComparison.Ordinal);
        Assert.Equal("r.example:5000", route.Origin.Host);
    }

    private void Hosts(string registry, string text) => settings.Put($"etc/containerd/certs.d/{registry}/hosts.toml", text);

    private void Conf(string name, string mirror) => settings.Put(name, $"[[registry]]\nlocation = \"a.example\"\n[[registry.mirror]]\nlocation = \"{mirror}.example\"\n");

    private static string Shown(Mirrors mirrors, string reference, bool byTag = true)
    {
        var route = mirrors.Route(Ask.Reference(reference), byTag);
        return $"{string.Join(", ", route.Mirrors.Select(m => $"{m.Host}/{m.Repository}"))} > {route.Origin.Host}/{route.Origin.Repository}{Named(route.Origin)}";
    }

    private static string Full(Mirrors mirrors, string reference)
    {
        var route = mirrors.Route(Ask.Reference(reference), byTag: true);
        return $"{string.Join(", ", route.Mirrors.Select(One))} > {One(route.Origin)}";

        static string One(Endpoint place) => place.Transport == Cleat.Registries.Client.Transport.Http ? $"http://{place.Host}{place.Base}{place.Query} {place.Repository}" : $"{place.Host}{place.Base}{place.Query} {place.Repository}{Named(place)}";
    }

    private static string Named(Endpoint place) => place.Transport == Cleat.Registries.Client.Transport.Usual ? "" : $" {place.Transport}";
}
