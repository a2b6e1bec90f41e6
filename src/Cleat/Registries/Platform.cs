using System.Diagnostics.CodeAnalysis;

namespace Cleat.Registries;

/// <summary>
/// <c>os/arch[/variant]</c>, of Windows also <c>windows(os.version)/arch</c>, with the aliases that containerd reads (containerd/platforms:
/// Parse, Normalize, FormatAll).
/// </summary>
/// <param name="Variant">Null when it is not said. arm64 has only v8, which is the same as saying nothing.</param>
/// <param name="OsVersion">Of Windows, which runs images of its own build only: <c>10.0.17763.5329</c>. Null when it is not said.</param>
internal sealed record Platform(string Os, string Architecture, string? Variant, string? OsVersion = null)
{
    /// <summary>How many parts of a version of Windows make the build; the rest is how far it is patched.</summary>
    private const int PartsOfBuild = 3;

    internal static bool TryParse(string text, [NotNullWhen(true)] out Platform? platform)
    {
        platform = null;
        var parts = text.Split('/');
        if (parts.Length is not (2 or 3))
        {
            return false;
        }

        string? version = null;
        if (parts[0].EndsWith(')') && parts[0].IndexOf('(', StringComparison.Ordinal) is > 0 and var open)
        {
            version = parts[0][(open + 1)..^1];
            parts[0] = parts[0][..open];
        }

        platform = Array.TrueForAll(parts, IsWord) && (version is null || IsWord(version)) ? Of(parts[0], parts[1], parts.Length == 3 ? parts[2] : null, version) : null;
        return platform is not null;
    }

    internal static Platform Of(string os, string architecture, string? variant, string? osVersion = null)
    {
        architecture = architecture.ToLowerInvariant() switch
        {
            "x86_64" or "x86-64" => "amd64",
            "aarch64" => "arm64",
            "i386" => "386",
            "armhf" => "arm",
            var other => other,
        };
        os = os.ToLowerInvariant() is "macos" ? "darwin" : os.ToLowerInvariant();
        variant = string.IsNullOrEmpty(variant) ? null : variant.ToLowerInvariant();
        variant = architecture is "arm" or "arm64" && variant is { } number && char.IsAsciiDigit(number[0]) ? "v" + number : variant;
        return new(os, architecture, architecture is "arm64" && variant is "v8" ? null : variant, os is "windows" && osVersion is not null && IsWord(osVersion) ? osVersion : null);
    }

    /// <summary>Whether an image that says <paramref name="offered"/> is what was asked for. A variant or a version that was not asked for may be any.</summary>
    internal bool Accepts(Platform offered) =>
        Os == offered.Os && Architecture == offered.Architecture
        && (Variant is null || Variant == (offered.Variant ?? (Architecture is "arm" ? "v7" : null)))
        && (OsVersion is null || (offered.OsVersion is { } version && version.Split('.').Take(PartsOfBuild).SequenceEqual(OsVersion.Split('.').Take(PartsOfBuild))));

    public override string ToString() => $"{Os}{(OsVersion is null ? "" : $"({OsVersion})")}/{Architecture}{(Variant is null ? "" : "/" + Variant)}";

    private static bool IsWord(string part) => part.Length is > 0 and <= 32 && Array.TrueForAll(part.ToCharArray(), c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
