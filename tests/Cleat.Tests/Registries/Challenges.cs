using Cleat.Registries.SignIn;
using CsCheck;

namespace Cleat.Tests.Registries;

public sealed class Challenges
{
    [Theory]
    [InlineData("Basic", "basic()")]
    [InlineData("Basic realm=\"x\"", "basic(realm=x)")]
    [InlineData("bearer Realm=\"https://a/t?b=c,d\",service=s", "bearer(realm=https://a/t?b=c,d;service=s)")]
    [InlineData("Bearer realm=https://a/token,service=\"s\"", "bearer(realm=https://a/token;service=s)")]
    [InlineData("Basic realm=\"say \\\"hi\\\" \\\\\", Bearer realm=\"r\"", "basic(realm=say \"hi\" \\) bearer(realm=r)")]
    [InlineData("Negotiate, NTLM , Basic realm=\"x\"", "negotiate() ntlm() basic(realm=x)")]
    [InlineData("Negotiate abc==, Basic realm = \"x\" , charset=\"UTF-8\"", "negotiate() basic(realm=x;charset=UTF-8)")]
    [InlineData("Bearer realm=\"a\",realm=\"b\"", "bearer(realm=a)")]
    [InlineData(" , ,Basic realm=\"x\",,", "basic(realm=x)")]
    [InlineData("Bearer realm=\"\"", "bearer(realm=)")]
    [InlineData("Basic realm=\"never closed", "basic()")]
    [InlineData("realm=\"x\"", "")]
    [InlineData("\"", "")]
    [InlineData("", "")]
    public void Are_read(string header, string expected) => Assert.Equal(expected, Shown(Challenge.ParseAll([header])));

    [Fact]
    public void Are_read_from_every_value() => Assert.Equal("basic(realm=x) bearer(realm=y)", Shown(Challenge.ParseAll(["Basic realm=\"x\"", "Bearer realm=\"y\""])));

    [Fact]
    public void Never_throw_and_always_end() =>
        Gen.String[Gen.Char["aB=\"\\, \t/é"], 0, 30].Try(text => Challenge.ParseAll([text]) is not null, iter: 1000);

    private static string Shown(IEnumerable<Challenge> challenges) =>
        string.Join(' ', challenges.Select(c => $"{c.Scheme}({string.Join(';', c.Parameters.Select(p => $"{p.Key}={p.Value}"))})"));
}
