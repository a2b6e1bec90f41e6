using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;

namespace Cleat.Registries;

/// <summary>
/// Runs <c>docker-credential-NAME get</c> (github.com/docker/docker-credential-helpers): the server on standard input, JSON on
/// standard output. No shell; looked for in absolute folders of the search path only, never in the working directory.
/// </summary>
internal sealed class CredentialProgram(TimeProvider clock, string? searchPath)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private const int LongestAnswer = 64 * 1024;
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    internal async Task<CredentialAnswer> GetAsync(string name, string server)
    {
        var program = $"docker-credential-{name}";
        if (name.AsSpan().IndexOfAnyExcept(Plain) >= 0)
        {
            return new(null, $"the credential helper's name '{Printable.Clean(name)}' is not plain: it was not run");
        }

        if (Find(program) is not { } file)
        {
            return new(null, $"{program} is not in PATH: no credentials for {server}");
        }

        try
        {
            using var limit = new CancellationTokenSource(Limit, clock);
            return await RunAsync(program, file, server, limit.Token);
        }
        catch (OperationCanceledException)
        {
            return new(null, $"{program} gave no answer within {Deadline.Words(Limit)}: no credentials for {server}");
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            return new(null, $"{program} could not be run: no credentials for {server}");
        }
    }

    private string? Find(string program) => (searchPath ?? "").Split(Path.PathSeparator)
        .Where(Path.IsPathFullyQualified)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program))
        .FirstOrDefault(File.Exists);

    private static async Task<CredentialAnswer> RunAsync(string program, string file, string server, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(file, ["get"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        })!;
        try
        {
            var ignored = process.StandardError.BaseStream.CopyToAsync(Stream.Null, cancellation);
            await TellAsync(process, server, cancellation);
            var answer = await ReadAsync(process.StandardOutput.BaseStream, cancellation);
            await ignored;
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0 && answer is not null ? Read(answer, program, server) : Failed(answer, program, server);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    // a helper may answer and end without having read the question
    private static async Task TellAsync(Process process, string server, CancellationToken cancellation)
    {
        try
        {
            await process.StandardInput.WriteAsync(server.AsMemory(), cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // its answer and exit code tell the rest
        }
    }

    private static async Task<byte[]?> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var buffer = new byte[LongestAnswer];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return length == buffer.Length ? null : buffer[..length];
    }

    private static CredentialAnswer Read(byte[] answer, string program, string server)
    {
        if (!JsonText.TryObject(answer, out var json))
        {
            return new(null, $"{program} answered with something that is no JSON: no credentials for {server}");
        }

        using (json)
        {
            var username = JsonText.String(json.RootElement, "Username") ?? "";
            var secret = JsonText.String(json.RootElement, "Secret") ?? "";

            // docker-credential-helpers: this user name says that the secret is an identity token
            return secret.Length == 0 ? new(null, null)
                : username is "<token>" ? new(new("", new Secret(""), new Secret(secret)), null)
                : new(new(username, new Secret(secret)), null);
        }
    }

    // "not found" is the ordinary answer for a registry that nobody signed in to; other output is not shown, it may hold anything
    private static CredentialAnswer Failed(byte[]? answer, string program, string server) =>
        answer is not null && answer.AsSpan().IndexOf("credentials not found"u8) >= 0 ? new(null, null) : new(null, $"{program} failed: no credentials for {server}");
}
