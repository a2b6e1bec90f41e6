using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Cleat.Tests.Files;

/// <summary>Runs a test where permissions count: root is put in nobody's place, for file access and on one thread only (setfsuid(2)).</summary>
internal static partial class OtherUser
{
    private const uint Nobody = 65534;

    public static void Run(Action test)
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
}
