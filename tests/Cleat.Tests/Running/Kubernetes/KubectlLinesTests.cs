using Cleat.Running.Kubernetes;
using Cleat.Running.Plans;
using Cleat.Running;
using Cleat.Trees.Paths;
using static Cleat.Tests.Running.Samples;

namespace Cleat.Tests.Running.Kubernetes;

/// <summary>Lines for kubectl are safe to paste, whatever names a cluster gives its objects.</summary>
public sealed class KubectlLinesTests
{
    [Fact]
    public void The_containers_of_a_workload_are_changed_together()
    {
        List<ImageChange> changes = [Change("Deployment", container: "app"), Change("Deployment", container: "side", item: 1), Change("Deployment", container: "init", list: "initContainers")];
        Assert.Equal([$"kubectl -n shop set image deployment/web app=nginx:1.27@{One} side=nginx:1.27@{One} init=nginx:1.27@{One}"], KubectlLines.Of(changes, "kubectl"));
        Assert.Equal($"""
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
              namespace: shop
            spec:
              template:
                spec:
                  containers:
                  - name: app
                    image: nginx:1.27@{One}
                  - name: side
                    image: nginx:1.27@{One}
                  initContainers:
                  - name: init
                    image: nginx:1.27@{One}

            """, KubectlLines.Patch(changes));
    }

    [Fact]
    public void A_kind_that_kubectl_set_image_does_not_know_gets_a_JSON_patch()
    {
        var change = Change("Rollout", group: "argoproj.io", plural: "rollouts");
        Assert.Equal(
            ["""kubectl -n shop patch rollouts.argoproj.io/web --type json -p '[{"op":"test","path":"/spec/template/spec/containers/0/image","value":"nginx:1.27"},{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"nginx:1.27@""" + One + "\"}]'"],
            KubectlLines.Of([change], "kubectl"));
        Assert.Null(KubectlLines.Patch([change]));
    }

    [Fact]
    public void A_key_with_dots_and_slashes_is_one_step_of_a_JSON_patch()
    {
        var change = Change("Rollout", group: "argoproj.io", plural: "rollouts", at: Steps.Of("spec", "services", "db.v2/a~b", "image"));
        Assert.Contains("\"path\":\"/spec/services/db.v2~1a~0b/image\"", Assert.Single(KubectlLines.Of([change], "kubectl")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("default; id", "web", "app")]
    [InlineData("$(id)", "web", "app")]
    [InlineData("shop", "web`id`", "app")]
    [InlineData("shop", "web", "app && id")]
    [InlineData("shop", "web", "it's")]
    [InlineData("shop", "web\nid", "app")]
    public void No_name_leaves_its_word(string space, string name, string container)
    {
        var line = Assert.Single(KubectlLines.Of([Change("Deployment", space: space, name: name, container: container)], "kubectl"));
        Assert.Equal($"kubectl -n {Quoted(space)} set image {Quoted("deployment/" + name)} {Quoted($"{container}=nginx:1.27@{One}")}", line);
    }

    [Fact]
    public void A_container_is_no_option() => Assert.Equal(
        [$"kubectl -n shop set image deployment/web -- --server=http://evil.example=nginx:1.27@{One}"],
        KubectlLines.Of([Change("Deployment", container: "--server=http://evil.example")], "kubectl"));

    [Theory]
    [InlineData("123", "\"123\"")]
    [InlineData("1e3", "\"1e3\"")]
    [InlineData("true", "\"true\"")]
    [InlineData("No", "\"No\"")]
    [InlineData("a: b", "\"a: b\"")]
    [InlineData("a\nkind: Secret", "\"a\\nkind: Secret\"")]
    [InlineData("web", "web")]
    [InlineData("web-1.2", "web-1.2")]
    [InlineData("web:", "\"web:\"")]
    [InlineData("", "\"\"")]
    public void A_name_in_a_patch_is_one_string(string name, string written) =>
        Assert.Contains($"  name: {written}\n  namespace: shop\n", KubectlLines.Patch([Change("Deployment", name: name)]), StringComparison.Ordinal);

    private static string Quoted(string text) => Cleat.Text.ShellWord.Of(text) is var word && word.StartsWith('\'') ? word : text;

    private static ImageChange Change(string kind, string group = "apps", string plural = "deployments", string space = "shop", string name = "web", string container = "app", string list = "containers", int item = 0, Steps? at = null)
    {
        var use = RunningUse.Judged("nginx:1.27", "kubernetes", at ?? Steps.Of("spec", "template", "spec", list, item, "image"));
        WorkloadUse workload = new()
        {
            Workload = new() { Kind = new(group, "v1", kind, plural, true), Namespace = space, Name = name, Uid = "1", Uses = [new(container, use)] },
            Container = container,
            Use = use,
            Images = [new(new(One, null, null), null, null, 1, [])],
            IsOfWorkload = true,
        };
        return ImageChange.Of(workload, PinTo.Running, null, out var why) ?? throw new InvalidOperationException(why);
    }
}
