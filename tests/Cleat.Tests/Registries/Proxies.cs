using System.Net;
using Cleat.Registries.Client;

namespace Cleat.Tests.Registries;

public sealed class Proxies
{
    [Theory]
    [InlineData("", "https://r.example/", false)]
    [InlineData("example", "https://r.example/", true)]
    [InlineData("r.example", "https://r.example/", true)]
    [InlineData("ample", "https://r.example/", false)]
    [InlineData(".example", "https://r.example/", true)]
    [InlineData(".r.example", "https://r.example/", false)]
    [InlineData("*.example", "https://r.example/", true)]
    [InlineData("a.example, R.EXAMPLE", "https://r.example/", true)]
    [InlineData("r.example:5000", "https://r.example:5000/", true)]
    [InlineData("r.example:5000", "https://r.example/", false)]
    [InlineData("10.0.0.0/8", "https://10.1.2.3:5000/", true)]
    [InlineData("10.0.0.0/8", "https://11.1.2.3/", false)]
    [InlineData("10.1.2.3", "https://10.1.2.3/", true)]
    [InlineData("2001:db8::/32", "https://[2001:db8::1]:5000/", true)]
    [InlineData("*", "https://r.example/", true)]
    [InlineData("", "http://127.0.0.1:5000/", true)]
    public void No_proxy_is_read_as_docker_reads_it(string noProxy, string host, bool direct)
    {
        ProxyWithExceptions proxy = new(new WebProxy("http://proxy.example:3128"), noProxy);
        Assert.Equal(direct, proxy.IsBypassed(new(host)));
        Assert.Equal(direct, proxy.GetProxy(new(host)) is null);
    }

    [Fact]
    public async Task The_proxy_is_asked_for_other_hosts()
    {
        await using var proxy = new ScriptedServer(_ => Replies.Manifest(new SampleImage("linux/amd64").Index, SampleImage.IndexType));
        using var client = new RegistryApi(Ask.Quick with
        {
            Proxy = new WebProxy($"http://{proxy.Host}"),
            NoProxy = "direct.example",
            PlainHttpHosts = new HashSet<string>(["registry.example"]),
        });
        await Ask.OkAsync(client, "registry.example/team/app:1");
        Assert.Equal(["GET http://registry.example/v2/team/app/manifests/1"], proxy.Lines);
    }
}
