using System.Globalization;
using System.Text;
using Cleat.References;

namespace Cleat.Admission;

/// <summary>
/// A MutatingAdmissionPolicy that takes digests out of objects made from a lock. A ConfigMap's keys cannot hold references, so the objects are of a kind of their own; each holds what etcd takes, and
/// every one of them is a parameter.
/// </summary>
internal static class MutatingPolicy
{
    // an object's bytes, with room below etcd's 1.5 MiB
    private const int MostBytes = 900_000;

    private static KnownRegistry Hub => KnownRegistries.DockerHub;

    public static string Write(PolicyOptions options, IReadOnlyList<(string Reference, string Digest)>? entries)
    {
        StringBuilder text = new($$"""
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: imagelocks.cleat.dev
            spec:
              group: cleat.dev
              names: {kind: ImageLock, listKind: ImageLockList, plural: imagelocks, singular: imagelock}
              scope: Cluster
              versions:
              - name: v1alpha1
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    required: [spec]
                    properties:
                      spec:
                        type: object
                        required: [images]
                        properties:
                          images:
                            description: What is written behind each reference, as pods may name it.
                            type: object
                            additionalProperties: {type: string, pattern: '^(:latest)?@sha[0-9]{3}:[a-f0-9]{64,128}$'}
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: MutatingAdmissionPolicy
            metadata:
              name: {{options.Name}}
            spec:
              paramKind: {apiVersion: cleat.dev/v1alpha1, kind: ImageLock}
              failurePolicy: Ignore
              reinvocationPolicy: IfNeeded
              matchConstraints:
                resourceRules:
                - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}
                - {apiGroups: [""], apiVersions: [v1], operations: [UPDATE], resources: [pods/ephemeralcontainers]}
              matchConditions:
              - name: no-mirror-of-a-static-pod
                expression: '!(has(object.metadata.annotations) && "kubernetes.io/config.mirror" in object.metadata.annotations)'
              mutations:
              - patchType: JSONPatch
                jsonPatch:
                  expression: {{PolicyYaml.Quoted(Expression)}}
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: MutatingAdmissionPolicyBinding
            metadata:
              name: {{options.Name}}
            spec:
              policyName: {{options.Name}}
              paramRef:
                selector: {matchLabels: {cleat.dev/policy-name: {{options.Name}} } }
                parameterNotFoundAction: Allow
              matchResources:

            """);
        PolicyYaml.NamespaceSelector(text, "    ", options);
        Locks(text, options, entries ?? []);
        return text.ToString();
    }

    /// <summary>One replacement for each image that the lock knows; of an update, for new ephemeral containers only.</summary>
    public static string Expression { get; } =
        "(request.operation == 'CREATE' ? " + string.Join(" + ", ((string[])["initContainers", "containers"]).Select(list => Patches(list, "has(c.image)", "image", ""))) + " + "
        + Patches("volumes", "has(c.image) && has(c.image.reference)", "image.reference", "") + " : "
        + Patches("ephemeralContainers", "has(c.image)", "image", " && !(oldObject != null && has(oldObject.spec.ephemeralContainers) && oldObject.spec.ephemeralContainers.exists(o, o.name == c.name))") + ")";

    private static string Patches(string list, string has, string place, string also) =>
        $"(has(object.spec.{list}) ? object.spec.{list}.transformList(i, c, {has} && c.{place} in params.spec.images{also}, "
        + $"JSONPatch{{op: 'replace', path: '/spec/{list}/' + string(i) + '/{place.Replace('.', '/')}', value: c.{place} + params.spec.images[c.{place}]}}) : [])";

    private static void Locks(StringBuilder text, PolicyOptions options, IReadOnlyList<(string Reference, string Digest)> entries)
    {
        StringBuilder images = new();
        var part = 0;
        foreach (var (reference, digest) in entries)
        {
            foreach (var (written, behind) in Spellings(reference, digest))
            {
                images.Append(CultureInfo.InvariantCulture, $"    {PolicyYaml.Quoted(written)}: '{behind}'\n");
            }

            if (images.Length > MostBytes)
            {
                End();
            }
        }

        if (images.Length > 0)
        {
            End();
        }

        void End()
        {
            part++;
            text.Append(CultureInfo.InvariantCulture, $"---\napiVersion: cleat.dev/v1alpha1\nkind: ImageLock\nmetadata:\n  name: {options.Name}-{part}\n  labels: {{cleat.dev/policy-name: {options.Name}}}\nspec:\n  images:\n").Append(images);
            images.Clear();
        }
    }

    /// <summary>Every way to write a reference in full, and what a pin writes behind it.</summary>
    private static IEnumerable<(string Written, string Behind)> Spellings(string full, string digest)
    {
        List<string> names = [full];
        if (full.StartsWith($"{Hub.Name}/", StringComparison.Ordinal))
        {
            var path = full[(Hub.Name.Length + 1)..];
            names.AddRange([$"{Hub.OldName}/{path}", path]);
            if (path.StartsWith($"{Hub.Namespace}/", StringComparison.Ordinal) && path.IndexOf('/', StringComparison.Ordinal) == path.LastIndexOf('/'))
            {
                var alone = path[(Hub.Namespace!.Length + 1)..];
                names.AddRange([$"{Hub.Name}/{alone}", $"{Hub.OldName}/{alone}", alone]);
            }
        }

        // what was shortened may read as another registry's: only what means the same is written down
        foreach (var name in names.Where(n => ImageReference.TryParse(n, out var reference, out _) && reference.Canonical == full))
        {
            yield return (name, $"@{digest}");
            if (name.EndsWith(":latest", StringComparison.Ordinal))
            {
                yield return (name[..^":latest".Length], $":latest@{digest}");
            }
        }
    }
}
