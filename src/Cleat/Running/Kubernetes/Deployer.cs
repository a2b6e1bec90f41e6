namespace Cleat.Running.Kubernetes;

/// <summary>What makes an object from a source of its own, and would take a change back, or fall out of step with it.</summary>
/// <param name="Name">For people: <c>Helm release web in namespace shop</c>.</param>
/// <param name="Change">What to change in its place.</param>
internal sealed record Deployer(string Name, string Change)
{
    /// <summary>Who made an object, by the marks that Argo CD, Flux and Helm leave on it, or by the owner above it; null when nothing says.</summary>
    /// <param name="owner">The owner above it, or null.</param>
    public static Deployer? Of(ClusterObject made, OwnerReference? owner)
    {
        if (owner is not null)
        {
            return new($"{owner.Kind} {owner.Name}", $"the image in {owner.Kind} {owner.Name}, which owns it");
        }

        // argo-cd.readthedocs.io, "Resource Tracking": APP:GROUP/KIND:NAMESPACE/NAME; the label is the older way
        var argo = made.Annotations.GetValueOrDefault("argocd.argoproj.io/tracking-id")?.Split(':')[0] ?? made.Labels.GetValueOrDefault("argocd.argoproj.io/instance");
        if (argo is { Length: > 0 })
        {
            return new($"Argo CD application {argo}", $"the manifests that Argo CD's application {argo} is made from (argocd app get {argo} names the repository)");
        }

        // fluxcd.io, Kustomization and HelmRelease: the labels of what they apply
        foreach (var (prefix, kind) in ((string, string)[])[("kustomize.toolkit.fluxcd.io", "Kustomization"), ("helm.toolkit.fluxcd.io", "HelmRelease")])
        {
            if (made.Labels.GetValueOrDefault(prefix + "/name") is { Length: > 0 } name)
            {
                var full = $"{made.Labels.GetValueOrDefault(prefix + "/namespace")}/{name}".TrimStart('/');
                return new($"Flux {kind} {full}", kind == "HelmRelease" ? $"the values of Flux's HelmRelease {full}" : $"the manifests that Flux's Kustomization {full} is made from");
            }
        }

        // helm.sh, "Labels and Annotations"
        return made.Annotations.GetValueOrDefault("meta.helm.sh/release-name") is { Length: > 0 } release
            ? new($"Helm release {release}", $"the values of the Helm release {release}: helm upgrade {release} with the digest in its image's values")
            : made.Labels.GetValueOrDefault("app.kubernetes.io/managed-by") == "Helm" ? new("Helm", "the values of its Helm release") : null;
    }
}
