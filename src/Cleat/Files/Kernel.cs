using System.Runtime.Versioning;

namespace Cleat.Files;

/// <summary>Whose calls are to be had: those of Linux, or what the framework offers on every system (<see cref="PortableFiles"/>).</summary>
internal static class Kernel
{
    [SupportedOSPlatformGuard("linux")]
    public static bool IsLinux =>
#if PORTABLE_FILES
        false;
#else
        OperatingSystem.IsLinux();
#endif
}
