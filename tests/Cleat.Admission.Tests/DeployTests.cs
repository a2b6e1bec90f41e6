using Cleat.Cli.Tests;

namespace Cleat.Admission.Tests;

/// <summary>What lies in <c>deploy/admission</c>.</summary>
public sealed class DeployTests
{
    private static readonly string Folder = Path.Combine(SourceTree.Root, "deploy");

    [Fact]
    public async Task Cleat_finds_nothing_in_it()
    {
        var (code, output, error) = await InProcess.RunAsync("", "check", Folder);
        Assert.True(code == 0, output + error);
    }

    [Fact]
    public void The_policy_the_webhook_and_the_chart_leave_out_the_same_namespaces()
    {
        var plain = File.ReadAllText(Path.Combine(Folder, "admission", "install.yaml"));
        Assert.Contains("operator: NotIn, values: [kube-system, cleat-system]", plain, StringComparison.Ordinal);
        Assert.Contains("operator: NotIn, values: [kube-system, cleat-system]", AdmissionPolicy.Write(new()), StringComparison.Ordinal);
        Assert.Contains("exemptNamespaces: [kube-system]", File.ReadAllText(Path.Combine(Folder, "admission", "chart", "values.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_metric_of_an_alert_is_one_that_is_counted()
    {
        var known = File.ReadAllText(Path.Combine(SourceTree.Root, "src", "Cleat.Admission", "Hosting", "Metrics.cs"));
        var used = File.ReadAllText(Path.Combine(Folder, "admission", "alerts.yaml")) + File.ReadAllText(Path.Combine(Folder, "admission", "chart", "dashboard.json"));
        var names = System.Text.RegularExpressions.Regex.Matches(used, "cleat_[a-z_]+").Select(m => m.Value.Replace("_bucket", "", StringComparison.Ordinal)).Distinct().ToList();
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains($"\"{name}\"", known, StringComparison.Ordinal));
    }
}
