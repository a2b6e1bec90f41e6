namespace Cleat.Configuration;

/// <param name="MinAge">Do not move to an image younger than this.</param>
internal sealed record PinSettings(PinStyle? Style, string? Platform, TimeSpan? MinAge);
