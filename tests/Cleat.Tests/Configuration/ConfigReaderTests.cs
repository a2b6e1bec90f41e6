using System.Text.Json;
using System.Text;
using Cleat.Configuration;
using Cleat.Formats.Dockerfile;
using Cleat.Formats;
using Cleat.Rewriting;
using Cleat.Text;
using Cleat.Trees.Paths;
using Cleat.Uses;

namespace Cleat.Tests.Configuration;

public sealed class ConfigReaderTests
{
    private const string Whole = """
        rules: { dynamic-image: off, single-platform: warning }
        exclude: ["vendor/**"]
        exempt: [ { image: "registry.corp.example/base", file: k8s/*.yaml, rule: unpinned-image, reason: "built in this pipeline", until: 2027-03-01 } ]
        pin: { style: digest-comment, platform: null, min-age: 3d }
        registries: { "registry.corp.example": { mirror: "mirror.corp.example", plain-http: false, ca-file: "corp.pem" } }
        formats: [ { name: our-deploy, files: ["deploy/*.yml"], paths: ["app.image", "workers[].image"] } ]
        """;

    [Fact]
    public void Everything_that_can_be_said_is_read()
    {
        var config = Read(Whole, out var wrong)!;
        Assert.Null(wrong);
        Assert.Equal((null, Severity.Warning), (config.Rules["dynamic-image"], config.Rules["single-platform"]));
        Assert.Equal(["vendor/**"], config.Exclude);
        var exemption = Assert.Single(config.Exempt);
        Assert.Equal(("registry.corp.example/base", "k8s/*.yaml", "unpinned-image", "built in this pipeline", new DateOnly(2027, 3, 1)), (exemption.Image, exemption.File, exemption.Rule, exemption.Reason, exemption.Until));
        Assert.Equal(new PinSettings(PinStyle.DigestComment, null, TimeSpan.FromDays(3)), config.Pin);
        Assert.Equal(new RegistryEntry("mirror.corp.example", false, "corp.pem"), config.Registries["registry.corp.example"]);
        var format = Assert.Single(config.Formats);
        Assert.Equal(("our-deploy", "deploy/*.yml"), (format.Name, format.Files[0]));
        Assert.Equal(["app.image", "workers[].image"], format.Paths!.Paths);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("null\n")]
    [InlineData("{}\n")]
    [InlineData("rules:\nexclude:\nexempt:\npin:\nregistries:\nformats:\n")]
    public void Everything_may_be_left_out(string text)
    {
        var config = Read(text, out var wrong)!;
        Assert.Null(wrong);
        Assert.Equal((0, 0, 0), (config.Rules.Count, config.Exempt.Count, config.Formats.Count));
    }

    [Theory]
    [InlineData("rule: {}\n", "1:1: unknown key 'rule'; did you mean 'rules'?")]
    [InlineData("pin:\n  styl: digest\n", "2:3: unknown key 'styl'; did you mean 'style'?")]
    [InlineData("pin: {zzzzzzzzz: 1}\n", "1:7: unknown key 'zzzzzzzzz'; known: style, platform, min-age")]
    [InlineData("rules: {unpinned-images: off}\n", "1:9: unknown rule 'unpinned-images'; did you mean 'unpinned-image'?")]
    [InlineData("rules: {unpinned-image: warn}\n", "1:25: 'warn' is not one of error, warning, note, off")]
    [InlineData("rules: {unpinned-image: [a]}\n", "1:25: must be text")]
    [InlineData("rules: off\n", "1:8: must be a map")]
    [InlineData("exclude: vendor\n", "1:10: must be a list")]
    [InlineData("exclude: [{a: b}]\n", "1:11: must be text")]
    [InlineData("pin: {style: tag}\n", "1:14: 'tag' is not one of tag-digest, digest, digest-comment")]
    [InlineData("pin: {min-age: 3}\n", "1:16: must be a number with its unit")]
    [InlineData("pin: {min-age: -3d}\n", "1:16: must be a number with its unit")]
    [InlineData("pin: {platform: arm64}\n", "1:17: must read os/arch")]
    [InlineData("pin: {}\npin: {}\n", "2:1: 'pin' stands here a second time")]
    [InlineData("exempt: [{reason: x}]\n", "1:10: this exempts everything")]
    [InlineData("exempt:\n- image: corp/*\n", "2:10: name a registry")]
    [InlineData("exempt:\n- {image: a, until: tomorrow}\n", "2:21: 'tomorrow' is no date")]
    [InlineData("exempt:\n- {image: a, until: 2027-02-30}\n", "2:21: '2027-02-30' is no date")]
    [InlineData("registries: {h.x: {plain-http: maybe}}\n", "1:32: 'maybe' is not one of true, false")]
    [InlineData("registries: {\"https://x.y:5000/\": {plain-http: true}}\n", "1:35: 'https://x.y:5000/' is no registry's name as it stands in references: write x.y:5000")]
    [InlineData("registries: {index.docker.io: {mirror: m.x}}\n", "1:31: 'index.docker.io' is no registry's name as it stands in references: write docker.io")]
    [InlineData("registries: {x.y/team: {plain-http: true}}\n", "1:24: 'x.y/team' is no registry's name as it stands in references: write x.y")]
    [InlineData("registries: {registry: {plain-http: true}}\n", "1:24: 'registry' is no registry's name as it stands in references: a host, with its port where it has one")]
    [InlineData("formats: [{name: a, files: [x]}]\n", "1:11: a format needs 'name', 'files' and 'paths'")]
    [InlineData("formats: [{name: a, files: [x], paths: [a..b]}]\n", "1:40: path 'a..b'")]
    [InlineData("formats: [{name: A b, files: [x], paths: [a]}]\n", "1:18: a format's name is")]
    [InlineData("rules: {\n", "2:1: not well-formed YAML")]
    [InlineData("rules: {}\n---\nrules: {}\n", "3:1: a second document")]
    [InlineData("rules: *nowhere\n", "1:8: ")]
    public void What_is_wrong_is_told_with_its_place(string text, string expected)
    {
        Assert.Null(Read(text, out var wrong));
        Assert.StartsWith(expected, wrong, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("registry.corp.example/base", "registry.corp.example/base:1", true)]
    [InlineData("registry.corp.example/base", "registry.corp.example/base/java:1", true)]
    [InlineData("registry.corp.example/base", "registry.corp.example/base-tools:1", false)]
    [InlineData("registry.corp.example/base", "registry.corp.example.evil.example/base:1", false)]
    [InlineData("registry.corp.example", "registry.corp.example/any/thing:1", true)]
    [InlineData("registry.corp.example", "registry.corp.example:5000/any:1", false)]
    [InlineData("registry.corp.example:5000", "registry.corp.example:5000/any:1", true)]
    [InlineData("nginx", "nginx:1.27", true)]
    [InlineData("nginx", "docker.io/library/nginx", true)]
    [InlineData("nginx", "nginx/nginx-ingress:1", false)]
    [InlineData("nginx", "nginxinc:1", false)]
    [InlineData("nginx:1.27", "nginx:1.27", true)]
    [InlineData("nginx:1.27", "nginx:1.28", false)]
    [InlineData("bitnami/redis", "docker.io/bitnami/redis:7", true)]
    [InlineData("docker.io/bitnami", "bitnami/redis:7", true)]
    [InlineData("docker.io", "nginx:1", true)]
    [InlineData("docker.io", "ghcr.io/a/b:1", false)]
    [InlineData("registry.corp.example/base", "registry.corp.example/base:$TAG", true)]
    [InlineData("registry.corp.example/base", "registry.corp.example/base$X:1", false)]
    [InlineData("registry.corp.example/base", "$REGISTRY/base:1", false)]
    public void An_image_is_exempt_at_the_boundaries_of_its_path(string exempt, string image, bool matches)
    {
        var use = ScalarUse.Judged("kubernetes", Steps.Of("image"), image, new(0, 0), new PinSite.Nowhere(""), null);
        Assert.Equal(matches, new ExemptionIndex([(7, new(exempt, null, null, null, null, default))]).First(use, "unpinned-image") == 7);
    }

    [Fact]
    public void An_exemption_holds_through_its_last_day()
    {
        Exemption exemption = new("a", null, null, null, new DateOnly(2027, 3, 1), default);
        Assert.False(exemption.IsOver(new(2027, 3, 1)));
        Assert.True(exemption.IsOver(new(2027, 3, 2)));
    }

    [Fact]
    public void The_schema_knows_the_same_keys()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "schema", "cleat.schema.json")));
        var root = schema.RootElement;
        var keys = root.GetProperty("properties");
        Assert.Equal(ConfigKeys.Root, Keys(root));
        Assert.Equal(ConfigKeys.Exemption, Keys(keys.GetProperty("exempt").GetProperty("items")));
        Assert.Equal(ConfigKeys.Pin, Keys(keys.GetProperty("pin")));
        Assert.Equal(ConfigKeys.Registry, Keys(keys.GetProperty("registries").GetProperty("additionalProperties")));
        Assert.Equal(ConfigKeys.Format, Keys(keys.GetProperty("formats").GetProperty("items")));
        Assert.Equal(ConfigKeys.Rules, Words(root.GetProperty("$defs").GetProperty("rule")));
        Assert.Equal(ConfigKeys.Severities, Words(keys.GetProperty("rules").GetProperty("additionalProperties")));
        Assert.Equal(ConfigKeys.Styles, Words(keys.GetProperty("pin").GetProperty("properties").GetProperty("style")));
    }

    private static IEnumerable<string> Keys(JsonElement schema) => schema.GetProperty("properties").EnumerateObject().Select(p => p.Name);

    private static IEnumerable<string> Words(JsonElement schema) => schema.GetProperty("enum").EnumerateArray().Select(v => v.GetString()).OfType<string>();

    private static CleatConfig? Read(string text, out string? wrong)
    {
        SourceText source = new(".cleat.yaml", Encoding.UTF8.GetBytes(text));
        var config = ConfigReader.Read(source, out var problem);
        wrong = problem is null ? null : $"{source.Position(problem.Offset).Line}:{source.Position(problem.Offset).Column}: {problem.Message}";
        return config;
    }
}
