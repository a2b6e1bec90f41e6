namespace Cleat.Growth.Inputs;

/// <summary>What <c>check</c> does not do: planning changes, locks, baselines. Nothing is written, so that every run finds the same.</summary>
internal static partial class GrowthInputs
{
    private const string Digest = "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    // a tag document of Docker Hub: the answer for nginx:1
    private static InputFile Answer => new("nginx.json", [$"{{\"images\":[{{\"architecture\":\"amd64\",\"os\":\"linux\",\"digest\":\"{Digest}\"}}],\"name\":\"1\",\"repository\":\"library/nginx\",\"digest\":\"{Digest}\"}}\n"]);
    private static string[] PinDiff => ["pin", "--diff", "--from", "nginx.json"];

    private static IEnumerable<GrowthInput> Verbs =>
    [
        new("kubernetes/pin", n => [Answer, new("pod.yaml", Text(n, Pod, i => $"    - name: c{i}\n      image: nginx:1\n"))]) { Arguments = PinDiff },
        new("kubernetes/pin-far-apart", n => [Answer, new("pod.yaml", Text(n, Pod, i => $"    - name: c{i}\n      image: nginx:1\n      env:\n        - {{name: a, value: b}}\n        - {{name: c, value: d}}\n        - {{name: e, value: f}}\n        - {{name: g, value: h}}\n        - {{name: i, value: j}}\n        - {{name: k, value: l}}\n"))]) { Arguments = PinDiff },
        new("kubernetes/pin-one-line", n => [Answer, new("pod.json", Text(n, "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"spec\":{\"containers\":[", Comma(i => $"{{\"name\":\"c{i}\",\"image\":\"nginx:1\"}}"), "]}}"))]) { Arguments = PinDiff },
        new("kubernetes/pin-files", n => [Answer, .. Each(n, i => $"pod{i}.yaml", _ => $"{Pod}    - image: nginx:1\n")]) { Count = 200, Arguments = PinDiff },
        new("dockerfile/pin", n => [Answer, new("Dockerfile", Text(n, "", _ => "FROM nginx:1\nRUN apt-get update && apt-get install -y --no-install-recommends curl\n"))]) { Arguments = PinDiff },
        new("helm-values/pin", n => [Chart, Answer, new("values.yaml", Text(n, "", i => $"s{i}:\n  image:\n    repository: nginx\n    tag: \"1\"\n")), new("templates/web.yaml", Text(n, Pod, FromValue))]) { Arguments = PinDiff },
        new("kustomize/pin", n => [Answer, new("kustomization.yaml", Text(n, "images:\n", i => $"  - name: app{i}\n    newName: nginx\n    newTag: \"1\"\n"))]) { Arguments = PinDiff },
        One("kubernetes/unpin", "pod.yaml", Pod, i => $"    - name: c{i}\n      image: nginx:{i}@{Digest}\n") with { Arguments = ["unpin", "--diff"] },
        new("kubernetes/lock", n => [new("pod.yaml", Text(n, Pod, i => $"    - name: c{i}\n      image: nginx:{i}\n")), new("cleat.lock", Text(n, "", Locked))]) { Arguments = ["pin", "--diff", "--offline", "--lock", "cleat.lock"] },
        new("kubernetes/baseline", n => [new("pod.yaml", Text(n, Pod, i => $"    - name: c{i}\n      image: nginx:{i}\n")), new("baseline.json", Text(n, "{\"schema\": 1, \"entries\": [\n", Comma(Accepted), "]}\n"))]) { Arguments = ["check", "--baseline", "baseline.json"] },
        One("kubernetes/list", "pod.yaml", Pod, i => $"    - name: c{i}\n      image: nginx:{i}\n") with { Arguments = ["list"] },
        One("kubernetes/sarif", "pod.yaml", Pod, i => $"    - name: c{i}\n      image: nginx:{i}\n") with { Arguments = ["check", "--format", "sarif"] },
    ];

    private static string Locked(int number) => $"\ndocker.io/library/nginx:{number}:\n  digest: {Digest}\n  type: application/vnd.oci.image.index.v1+json\n  resolved: 2026-01-01T00:00:00Z\n  from: registry\n  platforms:\n    linux/amd64: {Digest}\n";

    private static string Accepted(int number) => $"{{\"file\": \"pod.yaml\", \"rule\": \"unpinned-image\", \"text\": \"nginx:{number}\", \"format\": \"kubernetes\", \"path\": \"spec.containers[{number}].image\", \"count\": 1}}\n";
}
