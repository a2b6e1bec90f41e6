using Cleat.Findings;
using Cleat.References;
using Cleat.Tests.Files;
using Cleat.Tests.Formats;
using Cleat.Uses;

namespace Cleat.Tests.Run;

/// <summary>May this be changed? Each verb with each reason against it, through the library as a program uses it.</summary>
public sealed class PermissionTests : IDisposable
{
    private const string Old = "nginx:1.27@sha256:1111111111111111111111111111111111111111111111111111111111111111";
    private const string Tagged = "nginx:1.27";

    private readonly TemporaryTree folder = new();
    private readonly RegistryClient registry = RegistryClient.From(Path.Combine(CaseFiles.Root, "../../../examples/registry"));

    public void Dispose()
    {
        registry.Dispose();
        folder.Dispose();
    }

    /// <summary>The reason, and whether it leaves pin, unpin and update their change, verify its finding and the lock its say.</summary>
    public static TheoryData<string, bool, bool, bool, bool, bool> Reasons => new()
    {
        { "none", true, true, true, true, true },
        { "ignored", false, false, false, false, false },
        { "ignored for pinning", false, false, false, true, false },
        { "ignored for moved tags", true, false, false, true, false },
        { "ignored in the whole file", false, false, false, false, false },
        { "ignored by an annotation", false, false, false, false, false },
        { "ignored for another rule", true, true, true, true, true },
        { "exempt by image", false, false, false, false, false },
        { "exempt by file", false, false, false, false, false },
        { "exempt for moved tags", true, false, false, true, false },
        { "exempt for another image", true, true, true, true, true },
        { "pinning is off", false, true, true, true, true },
        { "moved tags are off", true, true, false, true, true },
        { "what registries tell is off", true, true, false, false, true },
        { "a kustomization pins it", false, true, true, true, true },
    };

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task Each_reason_holds_for_each_verb(string reason, bool pins, bool unpins, bool updates, bool tells, bool compares)
    {
        var tagged = Judge(reason, Tagged);
        var plan = await tagged.PlanPinsAsync(registry, cancellation: TestContext.Current.CancellationToken);
        Assert.Empty(plan.Report.Errors);
        Assert.Equal(pins, InPod(plan));
        Assert.Equal(pins, Pod(tagged).PinObstacle is null);

        var pinned = Judge(reason, Old);
        plan = pinned.PlanUnpins(cancellation: TestContext.Current.CancellationToken);
        Assert.Empty(plan.Report.Errors);
        Assert.Equal(unpins, InPod(plan));
        Assert.Equal(unpins, Pod(pinned).UnpinObstacle is null);

        plan = await pinned.PlanUpdatesAsync(registry, cancellation: TestContext.Current.CancellationToken);
        Assert.Empty(plan.Report.Errors);
        Assert.Equal(updates, InPod(plan));
        Assert.Equal(updates, Pod(pinned).UpdateObstacle is null);
        Assert.Equal(reason is "moved tags are off" or "what registries tell is off", plan.Notes.Any(n => n.Contains("the rule moved-tag is off", StringComparison.Ordinal)));

        var verified = await pinned.VerifyAsync(registry, cancellation: TestContext.Current.CancellationToken);
        Assert.Empty(verified.Errors);
        Assert.Equal(tells, Pod(verified).IsOpen);

        plan = await pinned.PlanPinsAsync(registry, new() { Lock = Lock() }, TestContext.Current.CancellationToken);
        Assert.Equal(compares, plan.Report.Errors.Any(e => e.Code == "lock"));
    }

    [Theory]
    [InlineData("Dockerfile", "FROM nginx@sha256:12\n", "malformed-digest", "sha256 has 64")]
    [InlineData("app.csproj", "<Project><PropertyGroup><ContainerBaseImage>nginx&#58;1.27</ContainerBaseImage></PropertyGroup></Project>", "unpinned-image", "it is written with entities")]
    public async Task What_should_be_pinned_and_cannot_is_said_unless_its_rule_is_off(string name, string text, string rule, string says)
    {
        folder.Write(name, text);
        var plan = await Open().Judge(TestContext.Current.CancellationToken).PlanPinsAsync(registry, cancellation: TestContext.Current.CancellationToken);
        Assert.Empty(plan.Report.Errors);
        var left = Assert.Single(plan.Left);
        Assert.Contains(says, left.Use.Verdict == Verdict.Malformed ? left.Use.Problem : left.Use.NoPin, StringComparison.Ordinal);

        folder.Write(".cleat.yaml", $"rules: {{ {rule}: off }}\n");
        plan = await Open().Judge(TestContext.Current.CancellationToken).PlanPinsAsync(registry, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((0, 0, 0), (plan.Report.Errors.Count, plan.References, plan.Left.Count));
    }

    [Theory]
    [InlineData("FROM nginx:${TAG}\n")]
    [InlineData("FROM scratch\n")]
    [InlineData("FROM nginx@sha256:1111111111111111111111111111111111111111111111111111111111111111\n")]
    public async Task A_verdict_that_leaves_nothing_to_do_is_no_error(string text)
    {
        folder.Write("Dockerfile", text);
        var report = Open().Judge(TestContext.Current.CancellationToken);
        Assert.NotNull(report.Findings[0].PinObstacle);
        var plan = await report.PlanPinsAsync(registry, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((0, 0), (plan.Report.Errors.Count, plan.References));
        plan = await report.PlanUpdatesAsync(registry, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((0, 0), (plan.Report.Errors.Count, plan.References));
    }

    [Fact]
    public void A_known_digest_is_written_only_where_it_may_be()
    {
        var image = Assert.Single(Judge("ignored for pinning", Tagged).Findings);
        Assert.Equal(Verdict.Unpinned, image.Use.Verdict);
        var digest = Digest.Sha256("x"u8);
        Assert.Empty(Judge("ignored for pinning", Tagged).PlanPins(_ => digest, cancellation: TestContext.Current.CancellationToken).Changes);
        Assert.Equal(1, Judge("none", Tagged).PlanPins(_ => digest, cancellation: TestContext.Current.CancellationToken).References);
    }

    private static Finding Pod(Report report) => report.Findings.Single(f => f.File.EndsWith("pod.yaml", StringComparison.Ordinal));

    private static bool InPod(PinPlan plan) => plan.Changes.Any(c => c.File.EndsWith("pod.yaml", StringComparison.Ordinal));

    private Report Judge(string reason, string image)
    {
        var (config, head, above, annotations, beside) = reason switch
        {
            "ignored" => ("", "", "# cleat: ignore why", "", ""),
            "ignored for pinning" => ("", "", "# cleat: ignore[unpinned-image] why", "", ""),
            "ignored for moved tags" => ("", "", "# cleat: ignore[moved-tag] why", "", ""),
            "ignored in the whole file" => ("", "# cleat: ignore-file why", "", "", ""),
            "ignored by an annotation" => ("", "", "", "{ cleat.dev/ignore: why }", ""),
            "ignored for another rule" => ("", "", "# cleat: ignore[dynamic-image] why", "", ""),
            "exempt by image" => ("exempt: [{ image: nginx, reason: why }]", "", "", "", ""),
            "exempt by file" => ("exempt: [{ file: pod.yaml, reason: why }]", "", "", "", ""),
            "exempt for moved tags" => ("exempt: [{ image: nginx, rule: moved-tag, reason: why }]", "", "", "", ""),
            "exempt for another image" => ("exempt: [{ image: redis, reason: why }]", "", "", "", ""),
            "pinning is off" => ("rules: { unpinned-image: off }", "", "", "", ""),
            "moved tags are off" => ("rules: { moved-tag: off }", "", "", "", ""),
            "what registries tell is off" => ("rules: { moved-tag: off, missing-digest: off, tag-digest-mismatch: off, single-platform: off, unsigned-image: off }", "", "", "", ""),
            "a kustomization pins it" => ("", "", "", "", $"resources: [pod.yaml]\nimages:\n- name: nginx\n  digest: {Old.Split('@')[1]}\n"),
            _ => ("", "", "", "", ""),
        };
        folder.Write(".cleat.yaml", config + "\n");
        folder.Write("pod.yaml", $"{head}\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  annotations: {(annotations.Length > 0 ? annotations : "{}")}\nspec:\n  containers:\n  {above}\n  - image: {image}\n    name: web\n");
        if (beside.Length > 0)
        {
            folder.Write("kustomization.yaml", beside);
        }

        return Open().Judge();
    }

    private ImageTree Open()
    {
        var config = folder.At(".cleat.yaml");
        return ImageTree.Open([folder.Root], new() { Config = File.Exists(config) ? CleatConfig.Read(config) : CleatConfig.Empty });
    }

    private string Lock() => folder.Write("cleat.lock", $"version: 1\n\ndocker.io/library/nginx:1.27:\n  digest: sha256:2222222222222222222222222222222222222222222222222222222222222222\n  type: application/vnd.oci.image.index.v1+json\n  resolved: 2026-01-01T00:00:00Z\n  from: registry\n");
}
