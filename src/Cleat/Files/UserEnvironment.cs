namespace Cleat.Files;

/// <summary>The environment that a user's own files are found by.</summary>
internal static class UserEnvironment
{
    /// <summary>The value of a variable; on Windows, which has no <c>HOME</c>, that of <c>USERPROFILE</c> for it.</summary>
    public static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) ?? (OperatingSystem.IsWindows() && name == "HOME" ? Environment.GetEnvironmentVariable("USERPROFILE") : null);
}
