namespace Cleat.Growth.Inputs;

internal static partial class GrowthInputs
{
    private const string FromImage = "    - image: \"{{ .Values.image.repository }}:{{ .Values.image.tag }}\"\n";

    private static InputFile Chart => new("Chart.yaml", ["apiVersion: v2\nname: app\nversion: 0.1.0\nappVersion: \"2.5.0\"\n"]);

    private static IEnumerable<GrowthInput> Helm =>
    [
        One("helm-chart", "Chart.yaml", "apiVersion: v2\nname: app\nversion: 0.1.0\nannotations:\n  images: |\n", i => $"    - name: c{i}\n      image: nginx:{i}\n"),
        new("helm-template", n => [Chart, new("templates/web.yaml", Text(n, Pod, i => $"    - name: {{{{ .Values.name{i} }}}}\n      image: nginx:{i}\n"))]),
        new("helm-template/files", n => [Chart, .. Each(n, i => $"templates/web{i}.yaml", i => $"{Pod}    - image: nginx:{i}\n")]) { Count = 50 },
        new("helm-template/range", n => [Chart, new("values.yaml", Text(n, "names:\n", i => $"  - n{i}\n")), new("templates/web.yaml", [Pod + "    - image: nginx:1\n{{ range .Values.names }}    - {name: {{ . }}, image: \"nginx:2\"}\n{{ end }}"])]) { References = _ => 0 },
        new("helm-template/nested-ranges", n => [Chart, new("values.yaml", ["image: {repository: nginx, tag: \"1\"}\nx: [a]\n"]), new("templates/web.yaml", Enumerable.Repeat("{{ range .Values.x }}", n).Prepend(Pod + FromImage + "      args: [").Append("a").Concat(Enumerable.Repeat("{{ end }}", n)).Append("]\n"))]) { References = _ => 0 },
        new("helm-template/long-pipeline", n => [Chart, new("values.yaml", ["image: {repository: nginx, tag: \"1\"}\n"]), new("templates/web.yaml", Text(n, Pod + FromImage + "      name: {{ .Values.x", _ => " | default 1", " }}\n"))]) { References = _ => 0 },
        new("helm-template/nested-calls", n => [Chart, new("values.yaml", ["image: {repository: nginx, tag: \"1\"}\n"]), new("templates/web.yaml", Enumerable.Repeat("(not ", n).Prepend(Pod + FromImage + "      name: {{ not ").Append("true").Concat(Enumerable.Repeat(")", n)).Append(" }}\n"))]) { References = _ => 0 },
        new("helm-template/open-actions", n => [Chart, new("templates/web.yaml", Text(n, Pod + "    - image: nginx:1\n", i => $"    # {{{{ if {i}\n"))]) { References = _ => 0 },
        new("helm-values", n => [Chart, new("values.yaml", Text(n, "", Value))]) { Within = 1 },
        new("helm-values/text", n => [Chart, new("values.yaml", Text(n, "", i => $"s{i}:\n  image: nginx:{i}\n"))]),
        new("helm-values/template", n => [Chart, new("values.yaml", Text(n, "", Value)), new("templates/web.yaml", Text(n, Pod, FromValue))]) { Within = 1 },
        new("helm-values/templates", n => [Chart, new("values.yaml", Text(n, "", Value)), .. Each(n, i => $"templates/web{i}.yaml", i => Pod + FromValue(i))]) { Count = 100, Within = 1 },
        new("helm-values/overlay", n => [Chart, new("values.yaml", Text(n, "", Value)), new("values-prod.yaml", Text(n, "", Override))]),
        new("helm-values/overlays", n => [Chart, new("values.yaml", Text(n, "", Value)), .. Each(n, i => $"values-{i}.yaml", Override)]) { Count = 50 },
        One("helm-values/bare", "values.yaml", "", Value),
    ];

    private static IEnumerable<GrowthInput> Kustomize =>
    [
        One("kustomize", "kustomization.yaml", "images:\n", Tag),
        new("kustomize/images", n => [new("kustomization.yaml", Text(n, "resources: [pod.yaml]\nimages:\n", Tag)), new("pod.yaml", Text(n, Pod, i => $"    - image: app{i}:{i}\n"))]) { Within = 1 },
        new("kustomize/pins", n => [new("kustomization.yaml", Text(n, "resources: [pod.yaml]\nimages:\n", Pin)), new("pod.yaml", Text(n, Pod, i => $"    - image: app{i}:{i}\n"))]) { Within = 1 },
        new("kustomize/manifests", n => [new("kustomization.yaml", Text(n, "resources:\n", Resource, "images:\n", Tag)), .. Each(n, i => $"pod{i}.yaml", i => $"{Pod}    - image: app{i}:{i}\n")]) { Count = 100, Within = 1 },
        new("kustomize/pinned-manifests", n => [new("kustomization.yaml", Text(n, "resources:\n", Resource, "images:\n", Pin)), .. Each(n, i => $"pod{i}.yaml", i => $"{Pod}    - image: app{i}:{i}\n")]) { Count = 100, Within = 1 },
        // every level lists the one below twice
        new("kustomize/bases-twice", n => [.. Base, .. Enumerable.Range(1, n).Select(i => Overlay(i, $"../l{i - 1}, ../l{i - 1}"))]) { Count = 3, Within = 1 },
        new("kustomize/base-chain", n => [.. Base, .. Enumerable.Range(1, n).Select(i => Overlay(i, $"../l{i - 1}"))]) { Count = 4 },
        new("kustomize/overlays", n => [.. Base, .. Enumerable.Range(1, n).Select(i => Overlay(i, "../l0"))]) { Count = 50 },
        new("kustomize/overlays-of-many", n => [new("base/kustomization.yaml", Text(20, "resources:\n", Resource)), .. Each(20, i => $"base/pod{i}.yaml", i => $"{Pod}    - image: nginx:{i}\n"), .. Enumerable.Range(1, n).Select(i => Overlay(i, "../base"))]) { Count = 20 },
        One("kustomize/patches", "kustomization.yaml", "patches:\n", i => $"  - patch: |-\n      - op: replace\n        path: /spec/template/spec/containers/{i}/image\n        value: nginx:{i}\n"),
        new("kustomize/patch-files", n => [new("kustomization.yaml", Text(n, "patches:\n", i => $"  - path: p{i}.yaml\n")), .. Each(n, i => $"p{i}.yaml", i => $"- op: replace\n  path: /spec/template/spec/containers/0/image\n  value: nginx:{i}\n")]) { Count = 50 },
    ];

    private static IEnumerable<InputFile> Base => [new("l0/pod.yaml", [$"{Pod}    - image: nginx:1\n"]), new("l0/kustomization.yaml", ["resources: [pod.yaml]\nimages: [{name: nginx, newTag: \"1\"}]\n"])];

    private static InputFile Overlay(int number, string resources) => new($"l{number}/kustomization.yaml", [$"resources: [{resources}]\nimages: [{{name: nginx, newTag: \"{number}\"}}]\n"]);

    private static string Resource(int number) => $"  - pod{number}.yaml\n";

    private static string Tag(int number) => $"  - name: app{number}\n    newTag: \"{number}\"\n";

    private static string Pin(int number) => $"  - name: app{number}\n    digest: sha256:{number:x64}\n";

    private static string Value(int number) => $"s{number}:\n  image:\n    repository: nginx\n    tag: \"{number}\"\n";

    private static string Override(int number) => $"s{number}:\n  image:\n    tag: \"{number}-prod\"\n";

    private static string FromValue(int number) => $"    - image: \"{{{{ .Values.s{number}.image.repository }}}}:{{{{ .Values.s{number}.image.tag }}}}\"\n";
}
