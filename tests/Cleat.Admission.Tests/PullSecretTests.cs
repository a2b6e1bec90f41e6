using Cleat.Admission.Cluster;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cleat.Admission.Tests;

/// <summary>What is kept of the cluster's answers, and what is no answer.</summary>
public sealed class PullSecretTests
{
    [Fact]
    public async Task An_API_server_that_gave_no_answer_is_asked_again_and_one_that_did_is_not()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using CannedCluster cluster = new();
        cluster.Secret("right", "registry.example.com", "ann", "secret");
        using var api = await KubernetesApi.OpenAsync(new() { Kubeconfig = cluster.Kubeconfig, Environment = _ => null }, cancellation);
        PullSecrets secrets = new(new(api, NullLogger.Instance), TimeProvider.System);

        cluster.IsDown = true;
        Assert.Empty(await secrets.FindAsync(Reviews.Namespace, ["right"], "", cancellation));
        cluster.IsDown = false;
        Assert.Single(await secrets.FindAsync(Reviews.Namespace, ["right"], "", cancellation));

        // what is not there is an answer
        Assert.Empty(await secrets.FindAsync(Reviews.Namespace, ["gone"], "", cancellation));
        var asked = cluster.Asked.Count();
        await secrets.FindAsync(Reviews.Namespace, ["right", "gone"], "", cancellation);
        Assert.Equal(asked, cluster.Asked.Count());
    }
}
