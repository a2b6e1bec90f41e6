using Cleat.Registries.Client;

namespace Cleat.Tests.Registries;

public sealed class Hosts
{
    /// <summary>What cosign may ask over http: the same hosts that are asked so here.</summary>
    [Theory]
    [InlineData("127.evil.example", false)]
    [InlineData("localhost.evil.example:5000", false)]
    [InlineData("named.example:5000", true)]
    [InlineData("localhost:5000", true)]
    public void Only_this_machine_and_what_the_user_names_speak_plain_http(string host, bool plain)
    {
        using RegistryClient client = new(new() { PlainHttp = ["named.example:5000"] });
        Assert.Equal(plain, client.SpeaksPlainHttp(host));
    }

    [Theory]
    [InlineData("localhost:5000", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.9.1:443", true)]
    [InlineData("[::1]:5000", true)]
    [InlineData("[2001:db8::1]:5000", false)]
    [InlineData("10.0.0.1:5000", false)]
    [InlineData("localhost.example", false)]
    [InlineData("127.0.0.1.example", false)]
    [InlineData("127.evil.example:5000", false)]
    [InlineData("localhost@evil.example", false)]
    [InlineData("host:99999", false)]
    public void Loopback_is_told_from_the_rest(string host, bool loopback) => Assert.Equal(loopback, RegistryHost.IsLoopback(host));
}
