using Cleat.Admission.Hosting;
using Cleat.Cli.Tests;

namespace Cleat.Admission.Tests;

/// <summary>Options: the file, then the environment, then flags; what is wrong is said with its place.</summary>
public sealed class OptionTests
{
    [Fact]
    public void Flags_count_over_the_environment_and_that_over_the_file()
    {
        using TemporaryFolder folder = new();
        folder.Put("options.json", """{"listen": "127.0.0.1:1", "mode": "enforce", "cache-time": "1s", "plain-http": ["a:1", "b:2"]}""");
        var options = OptionReading.Read(["--config", folder["options.json"], "--cache-time=3s"], name => name == "CLEAT_LISTEN" ? "127.0.0.1:2" : name == "CLEAT_CACHE_TIME" ? "2s" : null);
        Assert.True(options.Enforces);
        Assert.Equal("127.0.0.1:2", options.Listen);
        Assert.Equal(TimeSpan.FromSeconds(3), options.CacheTime);
        Assert.Equal(["a:1", "b:2"], options.PlainHttp);
    }

    [Theory]
    [InlineData("""{"config": "other.json"}""", "options.json: config stands on the command line, or in CLEAT_CONFIG: a file of options names no other")]
    [InlineData("""{"colour": "red"}""", "options.json: colour is no option: cleat-admission --help lists them")]
    [InlineData("""{"mode": "strict"}""", "options.json: mode is assist or enforce, not 'strict'")]
    [InlineData("""{"listen": "127.0.0.1:1", "no-events": "maybe"}""", "options.json: no-events takes no value, or true or false")]
    public void What_is_wrong_in_the_file_is_said_with_its_place(string text, string said)
    {
        using TemporaryFolder folder = new();
        folder.Put("options.json", text);
        var e = Assert.Throws<CleatException>(() => OptionReading.Read(["--config", folder["options.json"]], _ => null));
        Assert.Equal(said, e.Message.Replace(Path.GetDirectoryName(folder["options.json"]) + "/", "", StringComparison.Ordinal));
    }
}
