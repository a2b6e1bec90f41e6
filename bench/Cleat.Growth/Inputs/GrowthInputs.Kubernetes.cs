namespace Cleat.Growth.Inputs;

internal static partial class GrowthInputs
{
    private const string Pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n";

    private static IEnumerable<GrowthInput> Kubernetes =>
    [
        One("kubernetes", "pod.yaml", Pod, i => $"    - name: c{i}\n      image: nginx:{i}\n"),
        One("kubernetes/documents", "pods.yaml", "", i => $"---\n{Pod}    - image: nginx:{i}\n"),
        One("kubernetes/items", "list.yaml", "apiVersion: v1\nkind: List\nitems:\n", i => $"  - apiVersion: v1\n    kind: Pod\n    spec:\n      containers:\n        - image: nginx:{i}\n"),
        One("kubernetes/json", "pod.json", "{\n\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"spec\": {\"containers\": [\n", Comma(i => $"  {{\"name\": \"c{i}\", \"image\": \"nginx:{i}\"}}\n"), "]}}\n"),
        OneLine("kubernetes/one-line", "check"),
        OneLine("kubernetes/one-line-as-json", "check", "--format", "json"),
        OneLine("kubernetes/one-line-as-sarif", "check", "--format", "sarif"),
        OneLine("kubernetes/one-line-listed", "list"),
        // 3.4 MB at the eighth size
        One("kubernetes/short-images", "pod.yaml", "apiVersion: v1\nkind: Pod\ncontainers:\n", _ => "- image: nginx\n") with { Count = 28_000, Memory = 50_000_000, Arguments = ["check", "-q"] },
        Two("kubernetes/tekton-params", "task.yaml", "apiVersion: tekton.dev/v1\nkind: Task\nspec:\n  params:\n", i => $"    - name: p{i}\n      default: nginx:{i}\n", "  steps:\n", i => $"    - image: $(params.p{i})\n"),
        One("kubernetes/lists-of-kinds", "list.yaml", "apiVersion: v1\nkind: List\nitems:\n", i => $"  - apiVersion: tekton.dev/v1\n    kind: Task\n    spec:\n      steps:\n        - image: nginx:{i}\n"),
        One("kubernetes/masked-template", "pod.yaml", Pod, i => $"    - image: nginx:{i}\n      name: {{{{ name{i} }}}}-x\n"),
        new("kubernetes/objects-around", n =>
        [
            new("workflow.yaml", Text(n, "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {name: w}\nspec:\n  templates:\n    - name: main\n      dag:\n        tasks:\n",
                i => $"          - {{name: s{i}, templateRef: {{name: t{i}, template: a}}, arguments: {{parameters: [{{name: image, value: \"node:{i}\"}}]}}}}\n")),
            .. Each(n, i => $"t{i}.yaml", i => $"apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplate\nmetadata: {{name: t{i}}}\nspec:\n  templates:\n    - name: a\n      inputs: {{parameters: [{{name: image}}]}}\n      container: {{image: \"{{{{inputs.parameters.image}}}}\"}}\n"),
        ]) { Count = 50 },
        new("kubernetes/files", n => Each(n, i => $"d{i % 16}/pod{i}.yaml", i => $"{Pod}    - image: nginx:{i}\n")) { Count = 200 },
        new("kubernetes/folders", n => Each(n, i => $"d{i}/e/pod.yaml", i => $"{Pod}    - image: nginx:{i}\n")) { Count = 200 },
        new("kubernetes/ignored-files", n => [new(".git/HEAD", ["ref: refs/heads/main\n"]), new(".gitignore", Text(n, "", i => $"/other{i}.yaml\n")), .. Each(n, i => $"pod{i}.yaml", i => $"{Pod}    - image: nginx:{i}\n")]) { Count = 200 },
    ];

    private static IEnumerable<GrowthInput> Yaml =>
    [
        MergeChain("kubernetes/merge-chain", "pod.yaml", "apiVersion: v1\nkind: Pod\nx-0: &a0 {a: b}\n", "x-", "spec:\n  containers:\n    - image: nginx:1\n"),
        MergeChain("compose/merge-chain", "compose.yaml", "services:\n  s0: &a0\n    image: nginx:1\n", "  s", ""),
        One("compose/merges", "compose.yaml", "x-base: &base\n  image: nginx:1\n  restart: always\nservices:\n", i => $"  s{i}:\n    <<: *base\n    k: v\n").WithFew(),
        Two("compose/merge-list", "compose.yaml", "", i => $"x-{i}: &a{i} {{k{i}: v}}\n", "services:\n  web:\n    image: nginx:1\n    <<: [", Comma(i => $"*a{i}"), "]\n").WithFew(),
        Two("compose/merge-wide", "compose.yaml", "x-base: &base\n  image: nginx:1\n", i => $"  k{i}: v\n", "services:\n", i => $"  s{i}:\n    <<: *base\n").WithFew() with { Count = 100 },
        Two("kubernetes/aliases", "pod.yaml", "apiVersion: v1\nkind: Pod\nx:\n", i => $"  - &a{i} nginx:{i}\n", "spec:\n  containers:\n", i => $"    - image: *a{i}\n"),
        // every list holds the one before twice
        One("kubernetes/alias-bomb", "pod.yaml", "apiVersion: v1\nkind: Pod\nspec: {containers: [{image: \"nginx:1\"}]}\nx0: &a0 [{containers: [{image: \"nginx:2\"}]}]\n", i => $"x{i + 1}: &a{i + 1} [*a{i}, *a{i}]\n").WithFew(2),
        One("kubernetes/one-alias", "pod.yaml", "apiVersion: v1\nkind: Pod\nx: &a nginx:1\nspec:\n  containers:\n", _ => "    - image: *a\n").WithFew(),
        One("kubernetes/flow-sequence", "pod.yaml", "apiVersion: v1\nkind: Pod\nspec: {containers: [", Comma(i => $"{{image: nginx:{i}, name: c{i}}}"), "]}\n") with { Count = 15_000, Within = 1 },
        One("kubernetes/flow-map", "pod.yaml", "apiVersion: v1\nkind: Pod\nspec: {containers: [{image: \"nginx:1\"}], nodeSelector: {", Comma(i => $"key{i}: value"), "}}\n").WithFew() with { Count = 20_000, Within = 1 },
        One("kubernetes/flow-scalars", "pod.yaml", "apiVersion: v1\nkind: Pod\nspec: {containers: [{image: \"nginx:1\", args: [", Comma(i => $" argument{i}"), "]}]}\n").WithFew() with { Count = 30_000, Within = 1 },
        One("kubernetes/flow-lines", "pod.yaml", "apiVersion: v1\nkind: Pod\nspec: {containers: [\n", Comma(i => $" {{image: nginx:{i}, name: c{i}}}\n"), " ]}\n"),
        One("kubernetes/labels", "pod.yaml", "apiVersion: v1\nkind: Pod\nspec: {containers: [{image: \"nginx:1\"}]}\nmetadata:\n  labels:\n", i => $"    key{i}: value\n").WithFew(),
        One("kubernetes/same-key", "pod.yaml", "apiVersion: v1\nkind: Pod\nspec: {containers: [{image: \"nginx:1\"}]}\nmetadata:\n  labels:\n", _ => "    key: value\n").WithFew(),
        Argument("kubernetes/block-scalar", "|\n", i => $"          line {i} of the script\n"),
        Argument("kubernetes/block-scalars", "x\n", i => $"        - |\n          line {i} of the script\n"),
        Argument("kubernetes/plain-lines", "begin\n", i => $"          word {i} of a plain scalar\n"),
        Argument("kubernetes/quoted-lines", "\"begin\n", i => $"          word {i} of \\\"text\\\"\n", "          end\"\n"),
        Argument("kubernetes/long-line", "", i => $"word {i} of a long line ", "\n"),
        One("kubernetes/comments", "pod.yaml", Pod + "    - image: nginx:1\n", i => $"    # comment {i} of many\n").WithFew(),
        One("kubernetes/nested", "pod.yaml", Pod + "    - image: nginx:1\n---\nx: ", _ => "[").WithFew() with { Count = 100 },
        One("kubernetes/errors", "pod.yaml", Pod + "    - image: nginx:1\n", i => $"---\n{Pod}    - image: nginx:{i}\n   bad: [\n").WithFew(),
        One("kubernetes/carriage-returns", "pod.yaml", Pod.Replace('\n', '\r'), i => $"    - image: nginx:{i}\r"),
    ];

    private static GrowthInput OneLine(string name, params string[] arguments) =>
        One(name, "pod.json", "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"spec\":{\"containers\":[", Comma(i => $"{{\"name\":\"c{i}\",\"image\":\"nginx:{i}\"}}"), "]}}") with { Count = 2750, Within = 1, Arguments = arguments };

    private static GrowthInput MergeChain(string name, string path, string head, string key, string tail) =>
        One(name, path, head, i => $"{key}{i + 1}: &a{i + 1}\n      <<: *a{i}\n      k{i}: v\n", tail).WithFew() with { Count = 125, Within = 1 };

    private static GrowthInput Argument(string name, string begin, Func<int, string> item, string tail = "") =>
        One(name, "pod.yaml", Pod + "    - image: nginx:1\n      args:\n        - " + begin, item, tail).WithFew() with { Count = 8000 };
}
