using Cleat.References;
using Cleat.Running.Docker;
using Cleat.Running;
using Cleat.Tests.Files;
using Cleat.Uses;
using static Cleat.Tests.Running.Samples;

namespace Cleat.Tests.Running.Docker;

/// <summary>The lines that pin what an engine runs are safe to paste, whatever names containers and labels have.</summary>
public sealed class EngineFixTests
{
    private static readonly EngineFix Fix = new("docker", new([]));

    [Fact]
    public void A_container_is_pulled_by_its_digest_and_made_anew() => Assert.Equal(
        [$"docker pull nginx@{One}", $"# then remove web and run it again with nginx:1.27@{One} as its image; docker inspect web shows its other options"],
        Lines(new("Container", null, "web", null, null)));

    [Fact]
    public void A_service_is_updated_and_its_stack_s_file_is_named() => Assert.Equal(
        [$"docker service update --image nginx:1.27@{One} shop_web", $"# and write image: nginx:1.27@{One} in the stack's file, or the next deploy takes the tag again"],
        Lines(new("SwarmService", "shop", "shop_web", null, null)));

    [Theory]
    [InlineData("/srv/compose.yaml", null, "/srv/compose.yaml")]
    [InlineData("/srv/a:b/compose.yaml", 5, "/srv/a:b/compose.yaml")]
    [InlineData("/srv/$(id)/compose.yaml", 5, "'/srv/$(id)/compose.yaml'")]
    public void A_compose_file_is_one_word_and_its_line_is_for_people(string file, int? line, string word) => Assert.Equal(
        [$"# write image: nginx:1.27@{One} for services.web in {file}{(line is null ? "" : $":{line}")}, then", $"docker compose -f {word} -p shop up -d web"],
        Lines(new("ComposeService", "shop", "web", null, null), new ComposeFile(file, line)));

    [Theory]
    [InlineData("web; id", "'web; id'")]
    [InlineData("$(id)", "'$(id)'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("--privileged", "-- --privileged")]
    public void A_label_leaves_no_word(string name, string word)
    {
        Assert.Equal($"docker service update --image nginx:1.27@{One} {word}", Lines(new("SwarmService", null, name, null, null))[0]);
        Assert.Equal($"docker compose -p shop up -d {word}", Lines(new("ComposeService", "shop", name, null, null))[1]);
    }

    [Fact]
    public void A_line_break_ends_no_comment() =>
        Assert.All(Lines(new("ComposeService", "shop", "web\nid #", null, null)).Where(l => l.StartsWith('#')), line => Assert.DoesNotContain('\n', line));

    [Fact]
    public void A_project_is_one_word() => Assert.Equal("docker compose -p 'a;id' up -d web", Lines(new("ComposeService", "a;id", "web", null, null))[1]);

    [Theory]
    [InlineData("unix:///run/podman.sock", null, false, "podman --url unix:///run/podman.sock")]
    [InlineData("unix:///run/docker.sock", null, false, "docker")]
    [InlineData("unix:///run/docker.sock", null, true, "docker --host unix:///run/docker.sock")]
    [InlineData("tcp://box", "prod", true, "docker --context prod")]
    [InlineData("tcp://box", "prod", false, "docker")]
    [InlineData("unix:///a b/docker.sock", null, true, "docker --host 'unix:///a b/docker.sock'")]
    public void The_engine_that_is_meant_is_named(string host, string? context, bool named, string program)
    {
        var fix = EngineFix.For(EngineAddress.Of(host, context, null, out _)!, named, new([]));
        Assert.Equal($"{program} pull nginx@{One}", fix.With(Use(new("Container", null, "web", null, null))).Running.Fix[0]);
    }

    [Fact]
    public void While_the_race_is_on_the_choice_is_told()
    {
        EngineFix fix = new("docker", new([new("sha256:aaaaaaaaaaaa", null, [$"nginx@{One}"]), new("sha256:bbbbbbbbbbbb", null, [$"nginx@{Two}"])]));
        var use = Use(new("Container", null, "web", null, null));
        use = use with { Elsewhere = [Two, Three], Running = use.Running with { Mixed = true, Pin = null, MeansNow = Two } };

        // the engine has no image of the third: nobody could start from it
        Assert.Equal(
            ["# choose one, and start all of it from that (or let --to registry choose what the tag means now):", $"#   nginx:1.27@{One}", $"#   nginx:1.27@{Two}  (what the tag means now)"],
            fix.With(use).Running.Fix);
    }

    [Fact]
    public void What_is_pinned_needs_no_line()
    {
        var use = Use(new("Container", null, "web", null, null));
        use = use with { Running = use.Running with { Use = Asked($"nginx:1.27@{One}") } };
        Assert.Same(use, Fix.With(use));
    }

    private static IReadOnlyList<string> Lines(RunningObject workload, params ComposeFile[] files) => Fix.With(Use(workload) with { ComposeFiles = files }).Running.Fix;

    private static EngineUse Use(RunningObject workload) => new()
    {
        Running = new() { Workload = workload, Use = Asked("nginx:1.27"), Running = [new(One, null, 1, ["box"], "linux/amd64")], Pin = new(One, $"nginx:1.27@{One}") },
    };
}
