using System.Buffers;
using Cleat.Programs;
using Cleat.Text;

namespace Cleat.Registries.SignIn;

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
            return new(null, $"the credential helper's name '{PrintableText.Abbreviated(name)}' is not plain: it was not run");
        }

        if (SearchPath.Find(program, searchPath) is not { } file)
        {
            return new(null, $"{program} is not in PATH: no credentials for {server}");
        }

        ProgramCall call = new(file, ["get"]) { Input = server, TimeLimit = Limit, OutputLimit = LongestAnswer, Clock = clock };
        return await call.RunAsync(CancellationToken.None) switch
        {
            ProgramEnd.Ended { Code: 0 } ended => Read(ended.Output, program, server),
            ProgramEnd.Ended ended => Failed(ended.Output.Span, program, server),
            ProgramEnd.TooSlow => new(null, $"{program} gave no answer within {Duration.Words(Limit)}: no credentials for {server}"),
            ProgramEnd.TooMuch => new(null, $"{program} gave more than {LongestAnswer / 1024} KiB: no credentials for {server}"),
            _ => new(null, $"{program} could not be run: no credentials for {server}"),
        };
    }

    private static CredentialAnswer Read(ReadOnlyMemory<byte> answer, string program, string server)
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
    private static CredentialAnswer Failed(ReadOnlySpan<byte> answer, string program, string server) =>
        answer.IndexOf("credentials not found"u8) >= 0 ? new(null, null) : new(null, $"{program} failed: no credentials for {server}");
}
