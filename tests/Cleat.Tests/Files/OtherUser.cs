using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Cleat.Tests.Files;

/// <summary>Runs a test where permissions count: root is put in nobody's place, for file access and on one thread only (setfsuid(2)).</summary>
internal static partial class OtherUser
{
    private const uint Nobody = 65534;

    public static void Run(Action test) => Run(test, keepsCapabilities: true);

    /// <summary>The same without any right that root has beyond its files (capabilities(7)).</summary>
    public static void RunUnprivileged(Action test) => Run(test, keepsCapabilities: false);

    private static void Run(Action test, bool keepsCapabilities)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            test();
            return;
        }

        ExceptionDispatchInfo? thrown = null;
        var context = ExecutionContext.Capture()!;
        Thread thread = new(() =>
        {
            _ = setfsuid(Nobody);
            if (!keepsCapabilities)
            {
                // version 3, this thread; effective, permitted and inheritable, in two halves
                Assert.Equal(0, capset([0x20080522, 0], new uint[6]));
            }

            try
            {
                ExecutionContext.Run(context, _ => test(), null);
            }
            catch (Exception e)
            {
                thrown = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        thrown?.Throw();
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc")]
    private static partial int setfsuid(uint user);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc")]
    private static partial int capset(uint[] header, uint[] data);
}
