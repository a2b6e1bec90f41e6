using System.Text;
using Cleat.Formats.Kustomize;
using Cleat.Formats;
using Cleat.Rewriting;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Tests.Formats.Kustomize;

/// <summary>Which references of a base the kustomizations around it pin, as kustomize 5.5 builds them.</summary>
public sealed class CoverageTests
{
    private const string D = "sha256:5555555555555555555555555555555555555555555555555555555555555555";
    private const string Pods = "apiVersion: v1\nkind: Pod\nspec:\n  containers: [{image: 'nginx:1.27'}]\n  initContainers: [{image: redis}]\n  volumes: [{image: {reference: nginx:1.27}}]\n";
    private const string Base = "resources: [pod.yaml]\n";

    private readonly Dictionary<string, string> files = new(StringComparer.Ordinal) { ["/r/base/pod.yaml"] = Pods, ["/r/base/kustomization.yaml"] = Base };

    [Fact]
    public void The_digest_of_an_overlay_covers_what_it_names_and_nothing_else()
    {
        files["/r/prod/kustomization.yaml"] = $"resources: [../base]\nimages: [{{name: nginx, digest: {D}}}]\n";
        Assert.Equal(["/r/prod/kustomization.yaml", null, null], Covered("/r/base/pod.yaml"));
    }

    [Fact]
    public void Every_overlay_must_pin_it()
    {
        files["/r/prod/kustomization.yaml"] = $"resources: [../base]\nimages: [{{name: nginx, digest: {D}}}]\n";
        files["/r/test/kustomization.yaml"] = "resources: [../base]\n";
        Assert.Equal([null, null, null], Covered("/r/base/pod.yaml"));
        files["/r/test/kustomization.yaml"] = $"resources: [../base]\nimages: [{{name: 'ng.*', newTag: v1@{D}}}]\n";
        Assert.NotNull(Covered("/r/base/pod.yaml")[0]);
        Assert.Equal([null, null], Covered("/r/base/pod.yaml")[1..]);
    }

    [Fact]
    public void A_tag_further_out_takes_the_digest_away_and_is_told_there_alone()
    {
        files["/r/base/kustomization.yaml"] = $"resources: [pod.yaml]\nimages: [{{name: nginx, digest: {D}}}]\n";
        Assert.Equal(["/r/base/kustomization.yaml", null, null], Covered("/r/base/pod.yaml"));
        files["/r/prod/kustomization.yaml"] = "resources: [../base]\nimages: [{name: nginx, newTag: v2}]\n";
        Assert.Equal(["/r/prod/kustomization.yaml", null, null], Covered("/r/base/pod.yaml"));
        Assert.Equal(Rule.KustomizeUnpins, Rule.Of(Assert.Single(Uses("/r/prod/kustomization.yaml"))));
    }

    [Fact]
    public void A_tag_over_a_manifest_with_a_digest_unpins_it()
    {
        files["/r/base/pod.yaml"] = $"apiVersion: v1\nkind: Pod\nspec:\n  containers: [{{image: 'nginx:1@{D}'}}]\n";
        files["/r/prod/kustomization.yaml"] = "resources: [../base]\nimages: [{name: nginx, newTag: v2}, {name: other, newTag: v2}]\n";
        Assert.Equal([Rule.KustomizeUnpins, Rule.UnpinnedImage], Uses("/r/prod/kustomization.yaml").Select(Rule.Of));
    }

    [Fact]
    public void The_images_of_a_base_are_covered_as_well()
    {
        files["/r/base/kustomization.yaml"] = "resources: [pod.yaml]\nimages: [{name: nginx, newName: mirror/nginx, newTag: v1}]\n";
        files["/r/prod/kustomization.yaml"] = $"bases: [../base/]\nimages: [{{name: mirror/nginx, digest: {D}}}]\n";
        Assert.Equal(["/r/prod/kustomization.yaml"], Covered("/r/base/kustomization.yaml"));
        Assert.Equal(["/r/prod/kustomization.yaml", null, null], Covered("/r/base/pod.yaml"));
    }

    [Fact]
    public void A_component_sets_images_on_what_its_includer_has()
    {
        files["/r/pins/kustomization.yaml"] = $"kind: Component\nimages: [{{name: nginx, digest: {D}}}, {{name: redis, digest: {D}}}]\n";
        files["/r/prod/kustomization.yml"] = "resources: [../base]\ncomponents: [../pins]\n";
        Assert.Equal(["/r/pins/kustomization.yaml", "/r/pins/kustomization.yaml", null], Covered("/r/base/pod.yaml"));
    }

    [Fact]
    public void A_patch_is_laid_on_before_images_are_set()
    {
        files["/r/prod/patch.yaml"] = Pods;
        files["/r/prod/kustomization.yaml"] = $"resources: [../base]\npatches: [{{path: patch.yaml}}]\nimages: [{{name: nginx, digest: {D}}}]\n";
        Assert.Equal(["/r/prod/kustomization.yaml", null, null], Covered("/r/prod/patch.yaml"));
    }

    [Fact]
    public void Images_are_set_on_patches_as_well_wherever_they_stand()
    {
        const string Patches = "patches: [{path: ops.yaml}, {patch: '[{op: add, path: /spec/containers/0/image, value: redis}]'}, {patch: '[{op: add, path: /spec/initContainers, value: [{image: nginx:3}]}]'}]\n";
        files["/r/base/ops.yaml"] = "- {op: replace, path: /spec/containers/0/image, value: nginx:2}\n- {op: replace, path: /spec/ephemeralContainers/0/image, value: nginx:2}\n";
        files["/r/base/kustomization.yaml"] = Base + Patches;
        files["/r/prod/kustomization.yaml"] = $"resources: [../base]\nimages: [{{name: nginx, digest: {D}}}]\n";
        Assert.Equal(["/r/prod/kustomization.yaml", null], Covered("/r/base/ops.yaml"));
        Assert.Equal([null, "/r/prod/kustomization.yaml"], Covered("/r/base/kustomization.yaml"));
        files["/r/base/kustomization.yaml"] = $"{Base}{Patches}images: [{{name: nginx, digest: {D}}}]\n";
        files.Remove("/r/prod/kustomization.yaml");
        Assert.Equal(["/r/base/kustomization.yaml", null], Covered("/r/base/ops.yaml"));
        Assert.Equal([null, "/r/base/kustomization.yaml", null], Covered("/r/base/kustomization.yaml"));
    }

    [Fact]
    public void A_tag_over_a_patch_with_a_digest_unpins_it()
    {
        files["/r/base/kustomization.yaml"] = $"resources: []\npatches: [{{patch: '[{{op: add, path: /spec/containers/0/image, value: \"nginx@{D}\"}}]'}}, {{path: ops.json}}]\nimages: [{{name: nginx, newTag: v2}}]\n";
        files["/r/base/ops.json"] = $"[{{\"op\": \"replace\", \"path\": \"/spec/containers/0/image\", \"value\": \"redis@{D}\"}}]";
        files["/r/prod/kustomization.yaml"] = "resources: [../base]\nimages: [{name: redis, newTag: v2}, {name: other, newTag: v2}]\n";
        Assert.Equal(Rule.KustomizeUnpins, Rule.Of(Uses("/r/base/kustomization.yaml")[^1]));
        Assert.Equal([Rule.KustomizeUnpins, Rule.UnpinnedImage], Uses("/r/prod/kustomization.yaml").Select(Rule.Of));
    }

    [Fact]
    public void Configurations_name_more_fields_that_images_are_set_in()
    {
        const string Objects = "apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nspec: {image: 'nginx:1'}\n---\napiVersion: monitoring.coreos.com/v1\nkind: Alertmanager\nspec: {image: 'nginx:1', initContainers: [{image: 'nginx:1'}]}\n";
        const string Fields = "images:\n- {path: spec/image, kind: Prometheus, group: monitoring.coreos.com}\n- {path: 'spec/sidecars[]/image'}\n- {path: spec/image, kind: Alertmanager, version: v2}\n- {kind: Alertmanager}\n";
        files["/r/base/pod.yaml"] = Objects;
        files["/r/base/fields.yaml"] = Fields;
        files["/r/base/kustomization.yaml"] = Base + "configurations: [./fields.yaml]\n";
        files["/r/prod/kustomization.yaml"] = $"resources: [../base]\nimages: [{{name: nginx, digest: {D}}}]\n";
        Assert.Equal(["/r/prod/kustomization.yaml", null, "/r/prod/kustomization.yaml"], Covered("/r/base/pod.yaml"));

        // what an outer one configures says nothing of an inner one's images
        files["/r/prod/fields.yaml"] = Fields;
        files["/r/base/kustomization.yaml"] = $"{Base}images: [{{name: nginx, digest: {D}}}]\n";
        files["/r/prod/kustomization.yaml"] = "resources: [../base]\nconfigurations: [fields.yaml, gone.yaml]\n";
        Assert.Equal([null, null, "/r/base/kustomization.yaml"], Covered("/r/base/pod.yaml"));
    }

    [Fact]
    public void The_text_of_another_tools_patch_is_text()
    {
        files["/r/base/pod.yaml"] = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec: {patches: [{patch: '[{op: add, path: /spec/containers/0/image, value: nginx}]'}]}\n";
        files["/r/prod/kustomization.yaml"] = $"resources: [../base]\nimages: [{{name: nginx, digest: {D}}}]\n";
        Assert.Equal([null], Covered("/r/base/pod.yaml"));
    }

    [Fact]
    public void What_a_chart_makes_of_its_values_is_not_covered()
    {
        files["/r/base/kustomization.yaml"] = "resources: [pod.yaml]\nhelmCharts: [{name: a, valuesInline: {containers: [{image: nginx:1.27}]}}]\n";
        files["/r/prod/kustomization.yaml"] = $"resources: [../base]\nimages: [{{name: nginx, digest: {D}}}]\n";
        Assert.Equal([null], Covered("/r/base/kustomization.yaml"));
    }

    [Fact]
    public void A_name_over_a_tag_is_one_image_and_stands_at_the_entry()
    {
        files["/r/prod/kustomization.yaml"] = "resources: [../base]\nimages:\n- name: nginx\n  newName: registry.example.com/team/web\n";
        var use = Assert.Single(Uses("/r/prod/kustomization.yaml"));
        Assert.Equal("registry.example.com/team/web:1.27", use.Reference?.Original);
        Assert.Equal(["/r/prod/kustomization.yaml", null, null], Covered("/r/base/pod.yaml"));
        SourceText source = new("/r/prod/kustomization.yaml", Encoding.UTF8.GetBytes(files["/r/prod/kustomization.yaml"]));
        var pinned = source.Apply(Pinner.Pin(source, use, PinProperties.Fixed, PinStyle.TagDigest, out _)!.Edits);
        Assert.EndsWith($"  newName: registry.example.com/team/web\n  newTag: 1.27@{PinProperties.Fixed}\n", Encoding.UTF8.GetString(pinned.Span), StringComparison.Ordinal);

        files["/r/prod/kustomization.yaml"] = Encoding.UTF8.GetString(pinned.Span);
        var after = Assert.Single(Uses("/r/prod/kustomization.yaml"));
        Assert.Equal(Verdict.Pinned, after.Verdict);
        Assert.Equal(source.Bytes.ToArray(), pinned.Apply(Pinner.Unpin(pinned, after, out _)!.Edits).Bytes.ToArray());
    }

    [Fact]
    public void A_name_over_several_tags_cannot_be_pinned_in_one_entry()
    {
        files["/r/base/pod.yaml"] = Pods + "---\n" + Pods.Replace("1.27", "1.26", StringComparison.Ordinal);
        files["/r/prod/kustomization.yaml"] = "resources: [../base]\nimages:\n- name: nginx\n  newName: mirror/web\n";
        Assert.IsType<PinSite.Nowhere>(Assert.Single(Uses("/r/prod/kustomization.yaml")).Site);
    }

    [Fact]
    public void A_base_that_is_not_built_alone_is_told_by_its_overlays()
    {
        files["/r/base/pod.yaml"] = Pods.Replace("nginx:1.27", "controller:latest", StringComparison.Ordinal);
        files["/r/base/kustomization.yaml"] = "resources: [pod.yaml]\nimages: [{name: controller, newName: example.com/op, newTag: v1}]\n";
        files["/r/a/kustomization.yaml"] = "resources: [../base]\n";
        files["/r/b/kustomization.yaml"] = "resources: [../base]\nimages: [{name: example.com/op, newTag: v2}]\n";
        Assert.NotNull(Covered("/r/base/pod.yaml")[0]);
        Assert.Equal([null], Covered("/r/base/kustomization.yaml"));
        files["/r/a/kustomization.yaml"] = "resources: [../b]\n";
        Assert.Equal(["/r/b/kustomization.yaml"], Covered("/r/base/kustomization.yaml"));
    }

    [Fact]
    public void Bases_that_are_listed_twice_at_many_levels_cost_no_more()
    {
        files["/r/l0/kustomization.yaml"] = "resources: [../base]\n";
        for (var level = 1; level <= 24; level++)
        {
            files[$"/r/l{level}/kustomization.yaml"] = $"resources: [../l{level - 1}, ../m{level - 1}]\n";
            files[$"/r/m{level - 1}/kustomization.yaml"] = $"resources: [../l{level - 1}]\nimages: [{{name: other, newTag: v{level}}}]\n";
        }

        files["/r/prod/kustomization.yaml"] = $"resources: [../l24]\nimages: [{{name: nginx, digest: {D}}}]\n";
        Assert.Equal(["/r/prod/kustomization.yaml", null, null], Covered("/r/base/pod.yaml"));
        Assert.Equal(Verdict.Pinned, Assert.Single(Uses("/r/prod/kustomization.yaml")).Verdict);
    }

    [Fact]
    public void A_circle_ends()
    {
        files["/r/base/kustomization.yaml"] = $"resources: [pod.yaml, ../prod]\nimages: [{{name: nginx, digest: {D}}}]\n";
        files["/r/prod/kustomization.yaml"] = "resources: [../base]\n";
        Assert.Equal([null, null, null], Covered("/r/base/pod.yaml"));
    }

    private List<ImageUse> Uses(string path) => Read(path).Uses;

    private List<string?> Covered(string path)
    {
        Coverage coverage = new(files.Keys.Select(f => Read(f).Kustomization).OfType<KustomizationFolder>());
        return Uses(path).ConvertAll(u => coverage.By(path, u)?.Path);
    }

    private UseSink Read(string path)
    {
        return FileReading.Read(new SourceText(path, Encoding.UTF8.GetBytes(files[path])), beside: new FilesInMemory(files, path));
    }
}
