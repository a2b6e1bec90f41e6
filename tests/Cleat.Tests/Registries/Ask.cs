using Cleat.References;
using Cleat.Registries.Client;
using Cleat.Registries.Settings;
using Cleat.Registries;

namespace Cleat.Tests.Registries;

/// <summary>Questions in one line.</summary>
internal static class Ask
{
    /// <summary>Small waits, so that failures are quick; limits that only a stall reaches.</summary>
    internal static RegistryOptions Quick { get; } = new() { RetryDelay = TimeSpan.FromMilliseconds(1), RequestTime = TimeSpan.FromSeconds(10), TotalTime = TimeSpan.FromSeconds(30) };

    internal static ImageReference Reference(string text) => ImageReference.TryParse(text, out var reference, out var error) ? reference : throw new ArgumentException(error.Message);

    internal static Task<Resolution> Async(IDigestSource source, string reference, string? platform = null) =>
        source.ResolveAsync(Reference(reference), platform, TestContext.Current.CancellationToken);

    internal static async Task<Resolution.Resolved> OkAsync(IDigestSource source, string reference, string? platform = null) =>
        Assert.IsType<Resolution.Resolved>(await Async(source, reference, platform));

    /// <summary>Asks a scripted registry about <c>team/app:1</c>.</summary>
    internal static async Task<Resolution> Async(ScriptedServer server, RegistryOptions? options = null, string? platform = null)
    {
        using var client = new RegistryApi(options ?? Quick);
        return await Async(client, $"{server.Host}/team/app:1", platform);
    }
}
