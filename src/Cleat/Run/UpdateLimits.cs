using Cleat.Registries;

namespace Cleat.Run;

/// <summary>What an update may do.</summary>
/// <param name="MinAge">Null for any age.</param>
/// <param name="InUse">Platforms; none for all.</param>
/// <param name="Platform">The platform that pins are for where the run or the config says one.</param>
/// <param name="Undated">True when an image without a date is old enough.</param>
internal sealed record UpdateLimits(TimeSpan? MinAge, bool Undated, IReadOnlyList<Platform> InUse, ChosenImages Images, string? Platform)
{
    /// <exception cref="CleatException">One of them says nothing.</exception>
    public static UpdateLimits Of(UpdateOptions options, CleatConfig config)
    {
        var age = options.MinAge ?? config.Pin.MinAge;
        return new(
            age > TimeSpan.Zero ? age : null,
            options.Undated,
            [.. options.PlatformsInUse.Select(p => Registries.Platform.TryParse(p, out var known) ? known : throw new CleatException($"'{p}' must read os/arch or os/arch/variant, such as linux/arm64"))],
            ChosenImages.Of(options.Only, options.Skip),
            options.Platform ?? config.Pin.Platform);
    }
}
