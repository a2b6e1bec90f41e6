namespace Cleat.Running.Kubernetes;

/// <summary>A kind of object that a cluster has.</summary>
/// <param name="Group">Empty for the core group.</param>
/// <param name="Plural">As it stands in paths: <c>deployments</c>.</param>
internal sealed record ApiKind(string Group, string Version, string Kind, string Plural, bool IsNamespaced)
{
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>For people and kubectl: <c>deployments</c>, <c>rollouts.argoproj.io</c>.</summary>
    public string Name => Group is "" or "apps" or "batch" ? Plural : $"{Plural}.{Group}";

    /// <summary>The path of all of them, or of those in a namespace, or of one.</summary>
    public string Path(string? space, string? name = null) =>
        (Group.Length == 0 ? $"/api/{Version}" : $"/apis/{Group}/{Version}")
        + (space is null || !IsNamespaced ? "" : $"/namespaces/{Uri.EscapeDataString(space)}")
        + $"/{Plural}"
        + (name is null ? "" : $"/{Uri.EscapeDataString(name)}");
}
