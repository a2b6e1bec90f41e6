using System.Runtime.CompilerServices;
using Cleat.Files;

namespace Cleat.Cli.Tests;

/// <summary>The tests have a cache of their own: they neither read nor fill the user's.</summary>
internal static class CacheOfTests
{
    public static string Folder { get; } = Directory.CreateTempSubdirectory("cleat-cache-").FullName;

    [ModuleInitializer]
    internal static void Use()
    {
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", Folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Folder, recursive: true);
    }
}
