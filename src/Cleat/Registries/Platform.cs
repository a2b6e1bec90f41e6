using System.Diagnostics.CodeAnalysis;

namespace Cleat.Registries;

/// <summary><c>os/arch[/variant]</c>, with the aliases that containerd reads (platforms.Normalize).</summary>
/// <param name="Variant">Null when it is not said. arm64 has only v8, which is the same as saying nothing.</param>
internal sealed record Platform(string Os, string Architecture, string? Variant)
{
    internal static bool TryParse(string text, [NotNullWhen(true)] out Platform? platform)
    {
        var parts = text.Split('/');
        platform = parts.Length is 2 or 3 && Array.TrueForAll(parts, IsWord) ? Of(parts[0], parts[1], parts.Length == 3 ? parts[2] : null) : null;
        return platform is not null;
    }

    internal static Platform Of(string os, string architecture, string? variant)
    {
        architecture = architecture.ToLowerInvariant() switch
        {
            "x86_64" or "x86-64" => "amd64",
            "aarch64" => "arm64",
            "i386" => "386",
            "armhf" => "arm",
            var other => other,
        };
        variant = string.IsNullOrEmpty(variant) ? null : variant.ToLowerInvariant();
        variant = architecture is "arm" or "arm64" && variant is { } number && char.IsAsciiDigit(number[0]) ? "v" + number : variant;
        return new(os.ToLowerInvariant() is "macos" ? "darwin" : os.ToLowerInvariant(), architecture, architecture is "arm64" && variant is "v8" ? null : variant);
    }

    /// <summary>Whether an image that says <paramref name="offered"/> is what was asked for. A variant that was not asked for may be any.</summary>
    internal bool Accepts(Platform offered) =>
        Os == offered.Os && Architecture == offered.Architecture && (Variant is null || Variant == (offered.Variant ?? (Architecture is "arm" ? "v7" : null)));

    public override string ToString() => Variant is null ? $"{Os}/{Architecture}" : $"{Os}/{Architecture}/{Variant}";

    private static bool IsWord(string part) => part.Length is > 0 and <= 32 && Array.TrueForAll(part.ToCharArray(), c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
