namespace Cleat.Configuration;

/// <summary>What the config says of one registry.</summary>
/// <param name="Mirror">A host, with a path or not, to ask before it.</param>
/// <param name="CaFile">PEM, relative to the config's folder.</param>
/// <param name="From">The config that says it, as it is reported.</param>
internal sealed record RegistryEntry(string? Mirror, bool PlainHttp, string? CaFile, string? From = null)
{
    /// <summary>The keys that are set.</summary>
    public string Keys => string.Join(", ", new[] { Mirror is null ? null : "mirror", PlainHttp ? "plain-http" : null, CaFile is null ? null : "ca-file" }.OfType<string>());
}
