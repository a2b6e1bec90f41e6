using System.Diagnostics;

namespace Cleat.Cli.Tests;

/// <summary>Runs the program in a process with a home of its own.</summary>
internal static class OwnHome
{
    /// <summary>Runs in <c>work</c> of the folder, with its <c>home</c> for the user's.</summary>
    /// <param name="variables">More of the environment.</param>
    public static async Task<(int Code, string Output, string Error)> RunAsync(TemporaryFolder folder, IReadOnlyDictionary<string, string> variables, params string[] args)
    {
        Directory.CreateDirectory(folder["home"]);
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "cleat.dll"), .. args])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder["work"],
        };
        foreach (var name in (string[])["DOCKER_CONFIG", "DOCKER_AUTH_CONFIG", "REGISTRY_AUTH_FILE", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "CONTAINERS_REGISTRIES_CONF"])
        {
            start.Environment.Remove(name);
        }

        start.Environment["HOME"] = folder["home"];
        start.Environment["XDG_CACHE_HOME"] = folder["cache"];
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output.Replace("\r", "", StringComparison.Ordinal), (await error).Replace("\r", "", StringComparison.Ordinal));
    }

    /// <inheritdoc cref="RunAsync(TemporaryFolder, IReadOnlyDictionary{string, string}, string[])"/>
    public static Task<(int Code, string Output, string Error)> RunAsync(TemporaryFolder folder, params string[] args) => RunAsync(folder, new Dictionary<string, string>(), args);
}
