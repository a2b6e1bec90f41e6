using System.Diagnostics;
using System.Text.Json.Nodes;
using Cleat.Admission;
using Cleat.Admission.Tests;
using Cleat.References;

namespace Cleat.EndToEnd.Admission;

/// <summary>What <c>cleat policy</c> prints, in Kubernetes' own code with its limits of cost; <c>tests/tools/policy</c> builds it where Debian sid can be had.</summary>
public sealed class RealPolicyTests
{
    private static readonly string Program = Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? "/root", ".cache", "cleat-policy", "policy");
    private static readonly string Digest = "@sha256:" + new string('a', 64);

    public RealPolicyTests() => Assert.SkipUnless(File.Exists(Program), "Kubernetes' policy code is not built: run tests/tools/policy (some 7 minutes, once)");

    [Fact]
    public async Task The_policy_has_the_parsers_verdict_of_every_sample()
    {
        var samples = ReferenceSamples.All(12_000).Where(s => s.Length > 0).ToList();
        var answers = await RunAsync(AdmissionPolicy.Write(new() { Action = PolicyAction.Deny }), samples.Select(s => Created(Pod(s))));
        Assert.Equal(samples.Count, answers.Count);
        Assert.Equal([], samples.Zip(answers).Where(a => Verdict(a.Second) != (IsPinned(a.First) ? "admitted" : "denied")).Select(a => $"{Verdict(a.Second)} {a.First} {a.Second["message"]}"));
    }

    [Fact]
    public async Task Exemptions_are_the_librarys()
    {
        List<ImageExemption> exemptions = [];
        foreach (var pattern in (string[])["docker.io/library/*", "r.example/a", "r.example:5000/*", "other=localhost/*", "a_b/*"])
        {
            Assert.True(ImageExemption.TryParse(pattern, out var exemption, out _));
            exemptions.Add(exemption);
        }

        var samples = ReferenceSamples.All(6_000).Where(s => s.Length > 0).ToList();
        var answers = await RunAsync(AdmissionPolicy.Write(new() { Exemptions = exemptions }), samples.Select(s => Created(Pod(s))));
        Assert.Equal([], samples.Zip(answers).Where(a => Verdict(a.Second) != (IsPinned(a.First) || IsExempt(a.First) ? "admitted" : "denied")).Select(a => $"{Verdict(a.Second)} {a.First} {a.Second["message"]}"));
        Assert.Contains(samples, IsExempt);

        bool IsExempt(string text) => ImageReference.TryParse(text, out var reference, out _) && exemptions.Any(e => e.Exempts("app", reference));
    }

    [Fact]
    public async Task Absent_fields_updates_and_mirrors_are_judged_as_they_should()
    {
        var old = Pod("nginx:1");
        var relabelled = Pod("nginx:1");
        relabelled["metadata"]!["labels"] = new JsonObject { ["a"] = "b" };
        var going = Pod("nginx:1");
        going["metadata"]!["deletionTimestamp"] = "2026-01-01T00:00:00Z";
        var mirror = Pod("nginx:1");
        mirror["metadata"]!["annotations"] = new JsonObject { ["kubernetes.io/config.mirror"] = "x" };
        (string Expected, JsonObject Sample)[] samples =
        [
            ("admitted", Created(JsonNode.Parse("""{"kind":"Pod","metadata":{},"spec":{"containers":[{"name":"c"}]}}""")!)),
            ("admitted", Created(JsonNode.Parse("""{"kind":"Pod","metadata":{},"spec":{}}""")!)),
            ("admitted", Created(JsonNode.Parse("""{"kind":"Pod","metadata":{}}""")!)),
            ("admitted", Created(JsonNode.Parse("""{"kind":"Pod","metadata":{},"spec":{"volumes":[{"name":"m","image":{"pullPolicy":"Always"}},{"name":"n"}]}}""")!)),
            ("denied", Created(JsonNode.Parse("""{"kind":"Pod","metadata":{},"spec":{"volumes":[{"name":"m","image":{"reference":"nginx:1"}}]}}""")!)),
            ("denied", Created(JsonNode.Parse("""{"kind":"Pod","metadata":{},"spec":{"initContainers":[{"name":"m","image":"nginx:1"}]}}""")!)),
            ("denied", Created(Pod("nginx:1"))),
            ("admitted", Updated(old, relabelled)),
            ("admitted", Updated(old, going)),
            ("denied", Updated(old, Pod("nginx:2"))),
            ("denied", Updated(Pod("nginx:1" + Digest), Pod("nginx:1"))),
            ("denied", Updated(JsonNode.Parse("""{"kind":"Pod","metadata":{},"spec":{"ephemeralContainers":[]}}""")!, JsonNode.Parse("""{"kind":"Pod","metadata":{},"spec":{"ephemeralContainers":[{"name":"d","image":"busybox"}]}}""")!, "ephemeralcontainers")),
            ("skipped", With(Created(mirror.DeepClone()), "system:node:n1")),
            ("denied", With(Created(mirror.DeepClone()), "mallory")),
        ];
        var answers = await RunAsync(AdmissionPolicy.Write(new() { Action = PolicyAction.Deny }), samples.Select(s => s.Sample));
        Assert.Equal(samples.Select(s => s.Expected), answers.Select(Verdict));
        Assert.Equal("cleat: app (nginx:1) is selected by a tag, not by its digest: write name:tag@sha256:… (cleat pin)", (string?)answers[6]["message"]);
    }

    [Fact]
    public async Task Eight_hundred_containers_are_within_the_limit_of_cost()
    {
        var image = "registry.example.com:5000/" + string.Concat(Enumerable.Repeat("team/", 20)) + "app:v1.2.3" + Digest;
        var many = new JsonObject { ["kind"] = "Pod", ["metadata"] = new JsonObject(), ["spec"] = new JsonObject { ["containers"] = new JsonArray([.. Enumerable.Range(0, 800).Select(i => (JsonNode)new JsonObject { ["name"] = $"c{i}", ["image"] = image })]) } };
        var answers = await RunAsync(AdmissionPolicy.Write(new()), [Created(many.DeepClone()), Updated(many.DeepClone(), many.DeepClone())]);
        Assert.Equal(["admitted", "admitted"], answers.Select(Verdict));
    }

    [Fact]
    public async Task A_lock_of_ten_thousand_images_pins_twenty_containers()
    {
        var images = new JsonObject(Enumerable.Range(0, 10_000).Select(i => KeyValuePair.Create($"registry.example.com/team/app{i}:v1", (JsonNode?)Digest)));
        images["nginx"] = ":latest" + Digest;
        var pod = JsonNode.Parse("""{"kind":"Pod","metadata":{},"spec":{"futureField":1,"containers":[{"name":"x","image":"unknown:1"},{"name":"y"},{"name":"z","image":"nginx","futureField":{"a":1}}],"volumes":[{"name":"v","image":{"reference":"nginx"}}]}}""")!;
        for (var i = 0; i < 17; i++)
        {
            pod["spec"]!["containers"]!.AsArray().Add((JsonNode)new JsonObject { ["name"] = $"c{i}", ["image"] = $"registry.example.com/team/app{i * 500}:v1" });
        }

        var sample = Created(pod);
        sample["params"] = new JsonObject { ["apiVersion"] = "cleat.dev/v1alpha1", ["kind"] = "ImageLock", ["spec"] = new JsonObject { ["images"] = images } };
        var debugged = Updated(Pod("nginx"), JsonNode.Parse("""{"kind":"Pod","metadata":{},"spec":{"containers":[{"name":"app","image":"nginx"}],"ephemeralContainers":[{"name":"d","image":"nginx"}]}}""")!, "ephemeralcontainers");
        debugged["params"] = sample["params"]!.DeepClone();
        var answers = await RunAsync(AdmissionPolicy.WriteMutating(new(), null), [sample, sample, debugged]);
        var spec = answers[1]["object"]!["spec"]!;
        Assert.Equal("unknown:1", (string?)spec["containers"]![0]!["image"]);
        Assert.Equal("nginx:latest" + Digest, (string?)spec["containers"]![2]!["image"]);
        Assert.Equal("nginx:latest" + Digest, (string?)spec["volumes"]![0]!["image"]!["reference"]);
        Assert.Equal(1, (int)spec["containers"]![2]!["futureField"]!["a"]!);
        Assert.All(Enumerable.Range(0, 17), i => Assert.Equal($"registry.example.com/team/app{i * 500}:v1{Digest}", (string?)spec["containers"]![i + 3]!["image"]));
        Assert.Equal("nginx", (string?)answers[2]["object"]!["spec"]!["containers"]![0]!["image"]);
        Assert.Equal("nginx:latest" + Digest, (string?)answers[2]["object"]!["spec"]!["ephemeralContainers"]![0]!["image"]);
        TestContext.Current.TestOutputHelper?.WriteLine($"20 containers, 10,000 images: {answers[1]["micros"]} µs");
    }

    private static bool IsPinned(string text) => ImageReference.TryParse(text, out var reference, out _) && reference.Digest is not null;

    private static string? Verdict(JsonNode answer) => (string?)answer["verdict"];

    private static JsonObject Pod(string image) => new()
    {
        ["apiVersion"] = "v1", ["kind"] = "Pod", ["metadata"] = new JsonObject { ["name"] = "p" }, ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = "app", ["image"] = image }) },
    };

    private static JsonObject Created(JsonNode pod) => new() { ["operation"] = "CREATE", ["object"] = pod.DeepClone() };

    private static JsonObject Updated(JsonNode old, JsonNode now, string subResource = "") => new() { ["operation"] = "UPDATE", ["oldObject"] = old.DeepClone(), ["object"] = now.DeepClone(), ["subResource"] = subResource };

    private static JsonObject With(JsonObject sample, string user)
    {
        sample["user"] = user;
        return sample;
    }

    private static async Task<List<JsonNode>> RunAsync(string policy, IEnumerable<JsonObject> samples)
    {
        var file = Path.Combine(Path.GetTempPath(), $"cleat-policy-{Guid.NewGuid():n}.yaml");
        await File.WriteAllTextAsync(file, policy, TestContext.Current.CancellationToken);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Program, [file]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            foreach (var sample in samples)
            {
                await process.StandardInput.WriteLineAsync(sample.ToJsonString());
            }

            process.StandardInput.Close();
            var lines = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, await error);
            return [.. lines.Select(l => JsonNode.Parse(l)!)];
        }
        finally
        {
            File.Delete(file);
        }
    }
}
