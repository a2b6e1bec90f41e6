using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Cleat.Admission.Pins;
using Cleat.Admission.Reviews;
using Cleat.References;

namespace Cleat.Admission.SignIn;

/// <summary>
/// The kubelet's credential-provider programs, asked as the kubelet does (KEP-2133): a CredentialProviderRequest on standard input, the answer on standard output, cached by image,
/// registry or as a whole, as the answer says.
/// </summary>
internal sealed partial class CredentialProviders(IReadOnlyList<CredentialProvider> providers, string folder, TimeProvider clock, ILogger log) : ICredentialSource
{
    private const int LargestAnswer = 1024 * 1024;

    // the kubelet gives a minute; a review has seconds, and the next one finds the answer
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly BoundedMap<string, (IReadOnlyList<StoredEntry> Entries, DateTimeOffset Ends)> held = new(2000);
    private readonly SharedFlights<string, IReadOnlyList<StoredEntry>> flights = new();

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredEntry>> FindAsync(ImageReference reference, CancellationToken cancellation)
    {
        var image = $"{reference.Registry}/{reference.Repository}";
        List<StoredEntry> all = [];
        foreach (var provider in providers.Where(p => p.MatchImages.Any(m => ImagePattern.Matches(m, reference.Registry, reference.Repository))))
        {
            var entries = Held(provider, reference.Registry, image) ?? await flights.JoinAsync($"{provider.Name}\n{image}", () => AskAsync(provider, reference.Registry, image), cancellation);
            all.AddRange(entries.Where(e => e.IsFor(reference)));
        }

        return all;
    }

    private IReadOnlyList<StoredEntry>? Held(CredentialProvider provider, string registry, string image)
    {
        foreach (var scope in (string[])[image, registry, ""])
        {
            if (held.TryGet($"{provider.Name}\n{scope}", out var kept) && clock.GetUtcNow() < kept.Ends)
            {
                return kept.Entries;
            }
        }

        return null;
    }

    private async Task<IReadOnlyList<StoredEntry>> AskAsync(CredentialProvider provider, string registry, string image)
    {
        try
        {
            using var json = JsonDocument.Parse(await RunAsync(provider, image));
            return Read(provider, registry, image, json.RootElement);
        }
        catch (Exception e) when (e is ExchangeException or Win32Exception or IOException or JsonException or OperationCanceledException)
        {
            // the words of a decoding error may hold what was decoded
            Failed(log, provider.Name, e is ExchangeException or Win32Exception ? e.Message : e.GetType().Name);
            return [];
        }
    }

    private List<StoredEntry> Read(CredentialProvider provider, string registry, string image, JsonElement answer)
    {
        var scope = Json.Text(answer, "cacheKeyType") switch
        {
            "Image" => image,
            "Registry" => registry,
            "Global" => "",
            _ => throw new ExchangeException("the answer has no cacheKeyType that is known"),
        };
        if (Json.Text(answer, "kind") != "CredentialProviderResponse" || Json.Text(answer, "apiVersion") != provider.ApiVersion)
        {
            throw new ExchangeException($"the answer is no CredentialProviderResponse of {provider.ApiVersion}");
        }

        List<StoredEntry> entries = [];
        if (Json.Child(answer, "auth") is { ValueKind: JsonValueKind.Object } auth)
        {
            entries.AddRange(auth.EnumerateObject()
                .OrderByDescending(e => e.Name, StringComparer.Ordinal)
                .Select(e => new StoredEntry(e.Name, new RegistryCredential(Json.Text(e.Value, "username") ?? "", Json.Text(e.Value, "password") ?? ""), $"credential provider {provider.Name}")));
        }

        var kept = Json.Text(answer, "cacheDuration") is { } given ? GoDuration.Read(given) ?? TimeSpan.Zero : provider.CacheDuration;
        if (kept > TimeSpan.Zero)
        {
            held.Set($"{provider.Name}\n{scope}", (entries, clock.GetUtcNow() + kept));
        }

        return entries;
    }

    private async Task<byte[]> RunAsync(CredentialProvider provider, string image)
    {
        ProcessStartInfo start = new(Path.Combine(folder, provider.Name), provider.Arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (var (name, value) in provider.Environment)
        {
            start.Environment[name] = value;
        }

        using CancellationTokenSource limit = new(Longest, clock);
        using var process = Process.Start(start) ?? throw new ExchangeException("it did not start");
        try
        {
            // what it says on standard error is its own, and may hold anything
            var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, limit.Token);
            await process.StandardInput.BaseStream.WriteAsync(Request(provider.ApiVersion, image), limit.Token);
            process.StandardInput.Close();
            using MemoryStream output = new();
            var buffer = new byte[8192];
            int read;
            while ((read = await process.StandardOutput.BaseStream.ReadAsync(buffer, limit.Token)) > 0)
            {
                await output.WriteAsync(buffer.AsMemory(0, read), limit.Token);
                if (output.Length > LargestAnswer)
                {
                    throw new ExchangeException("its answer is too long");
                }
            }

            await errors;
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? output.ToArray() : throw new ExchangeException($"it ended with {process.ExitCode}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static byte[] Request(string apiVersion, string image)
    {
        ArrayBufferWriter<byte> body = new();
        using Utf8JsonWriter json = new(body);
        json.WriteStartObject();
        json.WriteString("apiVersion"u8, apiVersion);
        json.WriteString("kind"u8, "CredentialProviderRequest"u8);
        json.WriteString("image"u8, image);
        json.WriteEndObject();
        json.Flush();
        return body.WrittenSpan.ToArray();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The credential provider {Name} gave no credentials: {Why}")]
    private static partial void Failed(ILogger log, string name, string why);
}
