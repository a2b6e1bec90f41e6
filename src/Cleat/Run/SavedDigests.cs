using Cleat.Files;
using Cleat.Locking;
using Cleat.Registries;
using Cleat.Registries.Layouts;
using Cleat.Running.Docker;

namespace Cleat.Run;

/// <summary>What stands in the registries' place, told apart by what it is.</summary>
internal static class SavedDigests
{
    /// <summary>The word for the Docker engine.</summary>
    public const string Engine = "docker";

    /// <param name="limit">For an engine's answer.</param>
    /// <param name="registry">Who confirms what an engine says; null to take its word.</param>
    /// <exception cref="CleatException">It is nothing that digests can be taken from.</exception>
    public static IDigestSource Open(string place, TimeSpan limit, IDigestSource? registry)
    {
        string? problem;
        if (place == Engine)
        {
            return EngineDigests.TryOpen(Environment.GetEnvironmentVariable, limit, registry, out var engine, out problem) ? engine : throw new CleatException(problem);
        }

        if (Directory.Exists(place) || !File.Exists(place))
        {
            return OciLayout.TryOpen(place, out var layout, out problem) ? layout
                : throw new CleatException(Directory.Exists(place) || place.Length == 0 ? problem : $"there is no {place}");
        }

        if (!IsText(place))
        {
            return OciLayout.TryOpen(LayoutTarball.Open(place), out var tarball, out problem) ? tarball : throw new CleatException(problem);
        }

        var read = SettingsFile.Read(place);
        if (!read.Succeeded)
        {
            throw new CleatException($"{place}: {read.Message}");
        }

        if (!read.Bytes.Span.TrimStart(" \t\r\n\uFEFF"u8).StartsWith("{"u8))
        {
            return LockFile.Read(place, out var wrong) is { } locked ? new LockedDigests(locked, null)
                : throw new CleatException($"{place} is no OCI layout, no tarball and no tag document of Docker Hub; read as a lock: {wrong}");
        }

        return TagDocument.TryRead(place, read.Bytes, out var document, out problem) ? document : throw new CleatException(problem);
    }

    // a tarball has a NUL in its first header, and gzip's mark is no text either
    private static bool IsText(string path)
    {
        using var stream = FileReader.Open(path, out var problem) ?? throw new CleatException($"{path}: {problem}");
        var start = new byte[512];
        try
        {
            var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            return !start.AsSpan(0, length).Contains((byte)0) && start is not [0x1f, 0x8b, ..];
        }
        catch (IOException e)
        {
            throw new CleatException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
