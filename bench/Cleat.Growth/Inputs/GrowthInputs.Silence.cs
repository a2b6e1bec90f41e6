namespace Cleat.Growth.Inputs;

internal static partial class GrowthInputs
{
    private const string Ignore = "cleat: ignore[unpinned-image] built here";
    private const string Checkov = "checkov:skip=CKV_K8S_43:built here";
    private const string Annotated = "apiVersion: v1\nkind: Pod\nmetadata:\n  annotations:\n";

    private static IEnumerable<GrowthInput> Silence =>
    [
        // the counts are those of 1 MB, 0.3 MB and 0.36 MB at the eighth size
        One("kubernetes/ignores", "pod.yaml", Pod, i => $"    - image: nginx:{i} # {Ignore}\n") with { Count = 1800, Within = 1 },
        One("kubernetes/ignores-above", "pod.yaml", Pod, i => $"    # {Ignore}\n    - image: nginx:{i}\n") with { Count = 1800, Within = 1 },
        One("kubernetes/ignores-in-a-row", "pod.yaml", Pod, i => $"    # {Ignore} {i}\n", "    - image: nginx:1\n").WithFew(),
        One("kubernetes/ignores-unused", "pod.yaml", Pod + "    - image: nginx:1\n", i => $"      # {Ignore} {i}\n      key{i}: value\n").WithFew(),
        One("kubernetes/ignored-documents", "pods.yaml", "", i => $"---\n{Pod}    - image: nginx:{i} # {Ignore}\n"),
        One("kubernetes/skips", "pod.yaml", Pod, i => $"    - image: nginx:{i} # {Checkov}\n") with { Count = 1800, Within = 1 },
        One("kubernetes/skipped-documents", "pods.yaml", "", i => $"---\n# {Checkov}\n{Pod}    - image: nginx:{i}\n"),
        Two("kubernetes/skip-annotations", "pod.yaml", Annotated, i => $"    checkov.io/skip{i}: CKV_K8S_43=built here\n", "spec:\n  containers:\n", i => $"    - image: nginx:{i}\n") with { Count = 1800, Within = 1 },
        One("kubernetes/skip-annotated", "pods.yaml", "", i => $"---\n{Annotated}    checkov.io/skip1: CKV_K8S_43=built here\nspec:\n  containers:\n    - image: nginx:{i}\n"),
        One("kubernetes/annotated-items", "list.yaml", "apiVersion: v1\nkind: List\nitems:\n", i => $"  - apiVersion: v1\n    kind: Pod\n    metadata: {{annotations: {{cleat.dev/ignore: built here}}}}\n    spec:\n      containers:\n        - image: nginx:{i}\n"),
        One("devcontainer/ignores", DevContainer, "{\n  \"image\": \"nginx:1\",\n  \"features\": {\n", i => $"    \"ghcr.io/example/feature{i}:1\": {{}}, // {Ignore}\n", "  }\n}\n") with { Count = 420, Within = 1 },
        One("devcontainer/skips", DevContainer, "{\n  \"image\": \"nginx:1\",\n  \"features\": {\n", i => $"    \"ghcr.io/example/feature{i}:1\": {{}}, // {Checkov}\n", "  }\n}\n") with { Count = 420, Within = 1 },
        One("dockerfile/ignores", "Dockerfile", "", i => $"# {Ignore}\nFROM nginx:{i}\n") with { Count = 750, Within = 1 },
        One("dockerfile/skips", "Dockerfile", "", i => $"# {Checkov}\nFROM nginx:{i}\n") with { Count = 750, Within = 1 },
        One("terraform/ignores", "main.tf", "", i => Container(i, $"\"nginx:{i}\" # {Ignore}")),
        One("terraform/skips", "main.tf", "", i => Container(i, $"\"nginx:{i}\"\n  # {Checkov}")),
        One("bicep/ignores", "main.bicep", BicepContainers, i => $"        {{\n          image: 'nginx:{i}' // {Ignore}\n        }}\n", BicepEnd),
        One("jenkins/ignores", "Jenkinsfile", "node {\n", i => $"  docker.image('nginx:{i}').inside {{ }} // {Ignore}\n", "}\n"),
        One("buildpacks/ignores", "project.toml", "[_]\nschema-version = \"0.2\"\n", i => $"[[io.buildpacks.group]]\nuri = \"docker://nginx:{i}\" # {Ignore}\n"),
        One("dotnet/ignores", "Shop.csproj", "<Project>\n  <PropertyGroup>\n", i => $"    <ContainerBaseImage>nginx:{i}</ContainerBaseImage> <!-- {Ignore} -->\n", "  </PropertyGroup>\n</Project>\n"),
        // 5,000 exemptions and 6,000 references at the eighth size
        new("kubernetes/exemptions", n => [new(".cleat.yaml", Text(n, "exempt:\n", i => $"  - {{ image: registry.example/app{i}, reason: built here }}\n")), new("pod.yaml", Text(n * 6 / 5, Pod, i => $"    - image: nginx:{i}\n"))]) { Count = 625, Within = 1 },
        new("kubernetes/exempt", n => [new(".cleat.yaml", Text(n, "exempt:\n", i => $"  - {{ image: \"nginx:{i}\", reason: built here }}\n")), new("pod.yaml", Text(n, Pod, i => $"    - image: nginx:{i}\n"))]) { Count = 625, Within = 1 },
        new("kubernetes/exempt-files", n => [new(".cleat.yaml", Text(n, "exempt:\n", i => $"  - {{ file: \"d{i}/**\", reason: built here }}\n")), .. Each(n, i => $"d{i}/pod.yaml", i => $"{Pod}    - image: nginx:{i}\n")]) { Count = 100 },
    ];
}
