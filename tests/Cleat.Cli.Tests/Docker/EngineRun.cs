using Cleat.Tests.Running.Docker;

namespace Cleat.Cli.Tests.Docker;

internal static class EngineRun
{
    /// <summary>Runs <c>cleat docker</c>, or <c>cleat docker pin</c>, against the engine.</summary>
    public static Task<(int Code, string Output, string Error)> Run(this CannedEngine engine, params string[] args) =>
        CommandRun.Of([args[0], .. args is [_, "pin", ..] ? (string[])["pin"] : [], "--host", engine.Host, .. args[(args is [_, "pin", ..] ? 2 : 1)..]]);
}
