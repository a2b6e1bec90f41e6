namespace Cleat.Growth.Inputs;

internal static partial class GrowthInputs
{
    private const string DevContainer = ".devcontainer/devcontainer.json";

    private static IEnumerable<GrowthInput> Apps =>
    [
        One("ansible", "tasks/main.yml", "", i => $"- docker_container:\n    name: c{i}\n    image: nginx:{i}\n"),
        One("home-assistant", "build.yaml", "build_from:\n", i => $"  arch{i}: nginx:{i}\n"),
        One("score", "score.yaml", "apiVersion: score.dev/v1b1\ncontainers:\n", i => $"  c{i}:\n    image: nginx:{i}\n"),
        One("devfile", "devfile.yaml", "schemaVersion: 2.2.0\ncomponents:\n", i => $"  - name: c{i}\n    container:\n      image: nginx:{i}\n"),
        One("pulumi", "Pulumi.yaml", "name: x\nruntime: yaml\nresources:\n", i => $"  c{i}:\n    type: docker:Container\n    properties:\n      image: nginx:{i}\n"),
        One("fly", "fly.toml", "app = \"shop\"\n[build]\nimage = \"nginx:1\"\n", i => $"[env{i}]\nNAME = \"value {i}\" # a comment\n").WithFew(),
        One("fly/inline-list", "fly.toml", "[build]\nimage = \"nginx:1\"\nlist = [", Comma(i => $"\"nginx:{i}\""), "]\n").WithFew(),
        One("buildpacks", "project.toml", "[_]\nschema-version = \"0.2\"\n", i => $"[[io.buildpacks.group]]\nuri = \"docker://nginx:{i}\"\n"),
        One("buildpacks/inline-list", "project.toml", "[_]\nschema-version = \"0.2\"\n[io.buildpacks]\ngroup = [", Comma(i => $"{{ uri = \"docker://nginx:{i}\" }}"), "]\n"),
        One("buildpacks/inline-lines", "project.toml", "[_]\nschema-version = \"0.2\"\n[io.buildpacks]\ngroup = [\n", i => $"  {{ uri = \"docker://nginx:{i}\" }},\n", "]\n"),
        One("dotnet", "Shop.csproj", "<Project>\n  <PropertyGroup>\n", i => $"    <ContainerBaseImage>nginx:{i}</ContainerBaseImage>\n", "  </PropertyGroup>\n</Project>\n"),
        One("dotnet/properties", "Shop.csproj", "<Project>\n  <PropertyGroup>\n", i => $"    <V{i}>{i}</V{i}>\n    <ContainerBaseImage>nginx:$(V{i})</ContainerBaseImage>\n", "  </PropertyGroup>\n</Project>\n"),
        One("quadlet", "web.container", "[Container]\nImage=nginx:1\n", i => $"Mount=type=image,source=nginx:{i},destination=/d{i}\n"),
        One("bazel", "MODULE.bazel", "oci = use_extension(\"@rules_oci//oci:extensions.bzl\", \"oci\")\n", i => $"oci.pull(name = \"p{i}\", image = \"nginx\", tag = \"{i}\")\n"),
        One("docker-hub-tag", "tag.json", "{\n  \"images\": [\n", Comma(i => $"    {{\"architecture\": \"arch{i}\", \"os\": \"linux\", \"size\": 1}}\n"), "  ],\n  \"name\": \"1.27\",\n  \"repository\": \"library/nginx\"\n}\n"),
        One("devcontainer", DevContainer, "{\n  \"image\": \"nginx:1\",\n  \"features\": {\n", i => $"    \"ghcr.io/example/feature{i}:1\": {{}},\n", "  }\n}\n"),
        One("devcontainer/one-line", DevContainer, "{\"image\":\"nginx:1\",\"features\":{", Comma(i => $"\"ghcr.io/example/feature{i}:1\":{{}}"), "}}"),
    ];
}
