using System.Text;
using Cleat.Admission;
using Cleat.Locking;

namespace Cleat;

/// <summary>Policies that refuse images without a digest where pods are admitted, as manifests. Their verdict is the parser's.</summary>
public static class AdmissionPolicy
{
    private const string Message = "is selected by a tag, not by its digest: write name:tag@sha256:… (cleat pin)";

    // a kubelet shows what it runs already: to refuse it hides a static pod, and stops nothing
    private const string IsNoMirror = "!(request.userInfo.username.startsWith('system:node:') && has(object.metadata.annotations) && 'kubernetes.io/config.mirror' in object.metadata.annotations)";

    private const string IsPinned = "size(variables.unpinned) == 0";

    private static readonly string Said = $"'cleat: ' + variables.unpinned[0] + (size(variables.unpinned) == 1 ? '' : ' and ' + string(size(variables.unpinned) - 1) + ' more') + {PinnedExpression.Literal(" " + Message)}";

    /// <summary>The manifests of a policy, as YAML.</summary>
    /// <exception cref="CleatException">A resource is none that holds pods.</exception>
    public static string Write(PolicyOptions options)
    {
        if (options.Resources.FirstOrDefault(r => !PolicyVariables.Resources.Contains(r)) is { } unknown)
        {
            throw new CleatException($"'{unknown}' is no kind with pods in it: {string.Join(", ", PolicyVariables.Resources)}");
        }

        StringBuilder text = new();
        switch (options.Form)
        {
            case PolicyForm.Kyverno: Kyverno(text, options); break;
            case PolicyForm.Gatekeeper: Gatekeeper(text, options); break;
            default: Kubernetes(text, options); break;
        }

        return text.ToString();
    }

    /// <summary>The manifests of a policy that pins new pods from a lock, without a webhook (Kubernetes 1.36 and later): the kind of a lock, the policy, its binding, and the lock's objects.</summary>
    /// <param name="lockPath">A <c>cleat.lock</c>; null for the policy alone.</param>
    /// <exception cref="CleatException">The lock cannot be read.</exception>
    public static string WriteMutating(PolicyOptions options, string? lockPath) => MutatingPolicy.Write(options, lockPath is null ? null : Entries(lockPath));

    private static List<(string Reference, string Digest)> Entries(string path) =>
        LockFile.Read(path, out var wrong) is { Old: not null } file ? [.. file.Entries.Select(e => (e.Key, e.Value.Digest.ToString()))]
            : throw new CleatException(wrong ?? $"{path}: no such file");

    private static void Kubernetes(StringBuilder text, PolicyOptions options)
    {
        text.Append($"""
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata:
              name: {options.Name}
            spec:
              failurePolicy: Fail
              matchConstraints:
                resourceRules:

            """);
        foreach (var (group, resources) in PolicyYaml.Groups(options.Resources))
        {
            text.Append($"    - {{apiGroups: [\"{group}\"], apiVersions: [v1], operations: [CREATE, UPDATE], resources: {PolicyYaml.List(resources)}}}\n");
        }

        text.Append($"  matchConditions:\n  - name: no-mirror-of-a-static-pod\n    expression: {PolicyYaml.Quoted(IsNoMirror)}\n  variables:\n");
        PolicyYaml.Variables(text, "  ", PolicyVariables.Of(options.Resources, options.Exemptions));
        text.Append($"""
              validations:
              - expression: {PolicyYaml.Quoted(IsPinned)}
                message: an image is selected by a tag, not by its digest
                messageExpression: {PolicyYaml.Quoted(Said)}
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata:
              name: {options.Name}
            spec:
              policyName: {options.Name}
              validationActions: [{options.Action switch { PolicyAction.Warn => "Warn, Audit", PolicyAction.Audit => "Audit", _ => "Deny, Audit" }}]
              matchResources:

            """);
        PolicyYaml.NamespaceSelector(text, "    ", options);
    }

    private static void Kyverno(StringBuilder text, PolicyOptions options)
    {
        text.Append($"""
            apiVersion: kyverno.io/v1
            kind: ClusterPolicy
            metadata:
              name: {options.Name}
            spec:
              background: true
              rules:
              - name: pinned
                match:
                  any:
                  - resources:
                      kinds: {PolicyYaml.List(options.Resources.SelectMany(Kind))}
                      operations: [CREATE, UPDATE]

            """);
        PolicyYaml.NamespaceSelector(text, "          ", options);
        text.Append($"    celPreconditions:\n    - name: no-mirror-of-a-static-pod\n      expression: {PolicyYaml.Quoted(IsNoMirror)}\n    validate:\n      failureAction: {(options.Action == PolicyAction.Deny ? "Enforce" : "Audit")}\n");
        text.Append($"      {(options.Action == PolicyAction.Warn ? "emitWarning: true\n      " : "")}cel:\n        variables:\n");
        PolicyYaml.Variables(text, "        ", PolicyVariables.Of(options.Resources, options.Exemptions));
        text.Append($"        expressions:\n        - expression: {PolicyYaml.Quoted(IsPinned)}\n          messageExpression: {PolicyYaml.Quoted(Said)}\n");
    }

    private static void Gatekeeper(StringBuilder text, PolicyOptions options)
    {
        var kind = string.Concat(options.Name.Split('-', '.').Select(w => w.Length > 0 ? char.ToUpperInvariant(w[0]) + w[1..] : ""));
        text.Append($"""
            apiVersion: templates.gatekeeper.sh/v1
            kind: ConstraintTemplate
            metadata:
              name: {kind.ToLowerInvariant()}
            spec:
              crd:
                spec:
                  names:
                    kind: {kind}
              targets:
              - target: admission.k8s.gatekeeper.sh
                code:
                - engine: K8sNativeValidation
                  source:
                    failurePolicy: Fail
                    matchConditions:
                    - name: no-mirror-of-a-static-pod
                      expression: {PolicyYaml.Quoted(IsNoMirror)}
                    variables:

            """);
        PolicyYaml.Variables(text, "        ", PolicyVariables.Of(options.Resources, options.Exemptions));
        text.Append($"""
                    validations:
                    - expression: {PolicyYaml.Quoted(IsPinned)}
                      messageExpression: {PolicyYaml.Quoted(Said)}
            ---
            apiVersion: constraints.gatekeeper.sh/v1beta1
            kind: {kind}
            metadata:
              name: {options.Name}
            spec:
              enforcementAction: {options.Action switch { PolicyAction.Warn => "warn", PolicyAction.Audit => "dryrun", _ => "deny" }}
              match:
                kinds:

            """);
        foreach (var (group, resources) in PolicyYaml.Groups(options.Resources))
        {
            text.Append($"    - {{apiGroups: [\"{group}\"], kinds: {PolicyYaml.List(resources.Where(r => !r.Contains('/', StringComparison.Ordinal)).SelectMany(Kind).Where(k => !k.Contains('/', StringComparison.Ordinal)))}}}\n");
        }

        PolicyYaml.NamespaceSelector(text, "    ", options);
    }

    private static IEnumerable<string> Kind(string resource) => resource switch
    {
        "pods" => ["Pod", "Pod/ephemeralcontainers"],
        "deployments" => ["Deployment"],
        "replicasets" => ["ReplicaSet"],
        "statefulsets" => ["StatefulSet"],
        "daemonsets" => ["DaemonSet"],
        "replicationcontrollers" => ["ReplicationController"],
        "jobs" => ["Job"],
        "cronjobs" => ["CronJob"],
        _ => ["PodTemplate"],
    };
}
