namespace Cleat.Tests;

/// <summary>How long properties are tried: a second or two by default, a hundred times that with <c>CLEAT_FUZZ=long</c>.</summary>
internal static class Fuzz
{
    /// <summary>-1, CsCheck's own default, when <c>CsCheck_Iter</c> or <c>CsCheck_Time</c> say how long.</summary>
    public static long Iterations(long usual) =>
        Environment.GetEnvironmentVariable("CsCheck_Iter") is not null || Environment.GetEnvironmentVariable("CsCheck_Time") is not null ? -1
        : Environment.GetEnvironmentVariable("CLEAT_FUZZ") is "long" ? usual * 100
        : usual;
}
