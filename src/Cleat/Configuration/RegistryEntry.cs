namespace Cleat.Configuration;

/// <summary>What the config says of one registry.</summary>
/// <param name="Mirror">A host, with a path or not, to ask before it.</param>
/// <param name="CaFile">PEM, relative to the config's folder.</param>
internal sealed record RegistryEntry(string? Mirror, bool PlainHttp, string? CaFile);
