namespace Cleat.Admission.Tests;

/// <summary>Reviews as an API server writes them.</summary>
internal static class Reviews
{
    public const string Namespace = "shop";

    /// <summary>The creation of a pod.</summary>
    /// <param name="spec">What stands in its spec beside the container <c>app</c>, as JSON members; or its containers, too.</param>
    /// <param name="owner">As JSON; null for a pod that nobody owns.</param>
    /// <param name="labels">As JSON members.</param>
    public static string Pod(string image, string? owner = null, string labels = "", bool dryRun = false, string spec = "", string space = Namespace) => Created(
        "Pod",
        $$"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"generateName":"web-","labels":{ {{labels}} }{{(owner is null ? "" : $", \"ownerReferences\":[{owner}]")}} },
         "spec":{"containers":[{"name":"app","image":"{{image}}","imagePullPolicy":"Always"}]{{(spec.Length > 0 ? "," + spec : "")}} } }
        """,
        dryRun, space);

    public static string Created(string kind, string @object, bool dryRun = false, string space = Namespace) => $$"""
        {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u-1","kind":{"group":"","version":"v1","kind":"{{kind}}"},"resource":{"group":"","version":"v1","resource":"pods"},
         "name":"","namespace":"{{space}}","operation":"CREATE","userInfo":{"username":"system:serviceaccount:kube-system:replicaset-controller"},"object":{{@object}},"oldObject":null,"dryRun":{{(dryRun ? "true" : "false")}} } }
        """;

    public static string Owner(string kind, string name, string uid, string apiVersion = "apps/v1") =>
        $$"""{"apiVersion":"{{apiVersion}}","kind":"{{kind}}","name":"{{name}}","uid":"{{uid}}","controller":true,"blockOwnerDeletion":true}""";
}
