using System.Collections.Concurrent;
using Cleat.References;
using Cleat.Registries.Settings;
using Cleat.Registries.SignIn;
using Cleat.Text;

namespace Cleat.Registries.Client;

internal sealed partial class RegistryApi
{
    /// <summary>Mirrors that gave no answer, and when: not asked again before <see cref="RegistryOptions.MirrorRest"/> is over.</summary>
    private readonly ConcurrentDictionary<string, (string Message, long At)> down;

    // mirrors in order, then the registry itself: a mirror that has nothing, or fails, gives way
    private async Task<Resolution> AskAsync(ImageReference reference, bool byTag, Func<ManifestRequest, CancellationToken, Task<Resolution>> ask, Deadline deadline, CancellationToken cancellation)
    {
        var route = options.Mirrors.Route(reference, byTag);
        if (route.Blocked is { } why)
        {
            return new Resolution.Refused(why);
        }

        var failed = route.Note;
        foreach (var mirror in route.Mirrors)
        {
            var answer = await AskMirrorAsync(mirror, reference, ask, cancellation);
            if (answer is Resolution.Resolved)
            {
                return answer.WithNote($"the mirror {mirror.Name} answered for {reference.Registry}/{reference.Repository}{(mirror.From is { Length: > 0 } from ? $" ({from} names it)" : "")}").WithNote(failed);
            }

            // a mirror need not have everything: that is worth no note
            failed = answer is Resolution.NotFound ? failed : Joined(failed, $"mirror {mirror.Name}: {answer.Describe()}");
        }

        return (await AskEndpointAsync(route.Origin, reference, ask, deadline, cancellation)).WithNote(failed);
    }

    private async Task<Resolution> AskMirrorAsync(Endpoint mirror, ImageReference reference, Func<ManifestRequest, CancellationToken, Task<Resolution>> ask, CancellationToken cancellation)
    {
        if (down.TryGetValue(mirror.Name, out var said) && (options.MirrorRest is not { } rest || options.Clock.GetElapsedTime(said.At) < rest))
        {
            return new Resolution.Unreachable(said.Message);
        }

        // the rest of the time is for the other mirrors and the registry itself
        var share = options.TotalTime / 4;
        using var limit = new CancellationTokenSource(share, options.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        Resolution answer;
        try
        {
            answer = await AskEndpointAsync(mirror, reference, ask, new(options.Clock, share), both.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            answer = new Resolution.Unreachable($"{mirror.Host} stalled: no answer within {Duration.Words(share)}");
        }

        if (answer is Resolution.Unreachable fault)
        {
            down[mirror.Name] = (fault.Message, options.Clock.GetTimestamp());
        }

        return answer;
    }

    private async Task<Resolution> AskEndpointAsync(Endpoint endpoint, ImageReference reference, Func<ManifestRequest, CancellationToken, Task<Resolution>> ask, Deadline deadline, CancellationToken cancellation)
    {
        var origin = await schemes.OriginAsync(endpoint, cancellation);
        if (!origin.IsOk)
        {
            return origin.Failure;
        }

        var who = new RegistrySignIn(options.Credentials, endpoint.Host, endpoint.Repository, anonymous: false);
        var answer = await ask(Question(who), cancellation);
        var note = Joined(options.Credentials.Problem, who.Note);
        if (answer is not Resolution.Denied denied)
        {
            return answer is Resolution.Resolved or Resolution.Listed ? answer.WithNote(note) : answer;
        }

        // GHCR and others deny a public image to a user whose token ran out, and not to an anonymous one
        if (who.Used
            && await ask(Question(new(options.Credentials, endpoint.Host, endpoint.Repository, anonymous: true)), cancellation) is (Resolution.Resolved or Resolution.Listed) and var open)
        {
            return open.WithNote(Joined($"the stored credentials for {endpoint.Host} were refused; it was resolved anonymously: docker logout {endpoint.Host}, or docker login again", note));
        }

        var next = who.Used ? "the stored credentials were refused" : "no credentials are stored";
        return new Resolution.Denied(Joined($"{denied.Message}; {next}: docker login {endpoint.Host}", note)!);

        ManifestRequest Question(RegistrySignIn asker) => new(sender, authorizer, options, origin.Value, endpoint, reference, asker, deadline);
    }

    private static string? Joined(string? one, string? other) => one is null ? other : other is null ? one : $"{one}; {other}";
}
