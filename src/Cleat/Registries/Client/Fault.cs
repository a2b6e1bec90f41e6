using System.Net.Sockets;
using Cleat.Text;

namespace Cleat.Registries.Client;

internal enum FaultKind
{
    Dns,
    Refused,
    Tls,
    Certificate,
    Cut,
    Stalled,
    Garbage,
    Other,
}

/// <summary>Why there was no reply.</summary>
/// <param name="Message">Fits behind the host's name; says what to try where there is something.</param>
/// <param name="Transient">Whether it is worth another try.</param>
internal sealed record Fault(FaultKind Kind, string Message, bool Transient)
{
    internal static Fault Stalled(TimeSpan limit) =>
        new(FaultKind.Stalled, $"stalled: no whole answer within the time limit of {Duration.Words(limit)}", true);

    /// <param name="certificate">What was wrong with the host's certificate when it was last looked at, or null.</param>
    internal static Fault From(Exception exception, string? certificate)
    {
        if (exception is InvalidDataException)
        {
            return new(FaultKind.Garbage, "answered with a gzip that cannot be unpacked", false);
        }

        var socket = Inner<SocketException>(exception)?.SocketErrorCode;
        var error = (exception as HttpRequestException)?.HttpRequestError ?? (exception as HttpIOException)?.HttpRequestError;
        return (error, socket) switch
        {
            (HttpRequestError.NameResolutionError, SocketError.TryAgain) => new(FaultKind.Dns, "cannot be found: DNS does not answer", true),
            (HttpRequestError.NameResolutionError, _) => new(FaultKind.Dns, "cannot be found: DNS does not know the name; check its spelling, or the network", false),
            (HttpRequestError.SecureConnectionError, _) when certificate is not null =>
                new(FaultKind.Certificate, $"has a certificate that is not trusted ({certificate}); --ca-file FILE adds an authority", false),
            (_, SocketError.ConnectionReset) or (HttpRequestError.ResponseEnded, _) => new(FaultKind.Cut, "closed the connection before the answer was whole (reset)", true),
            (HttpRequestError.SecureConnectionError, _) => new(FaultKind.Tls, "does not speak TLS as it should; if it serves plain http, say --plain-http HOST", false),
            (_, SocketError.ConnectionRefused) => new(FaultKind.Refused, "refused the connection: nothing listens on that port", true),
            (_, SocketError.HostUnreachable or SocketError.NetworkUnreachable) => new(FaultKind.Other, "cannot be reached: there is no route to it", true),
            (_, SocketError.TimedOut) => new(FaultKind.Stalled, "stalled: it does not take the connection", true),
            (HttpRequestError.ProxyTunnelError, _) => new(FaultKind.Other, "cannot be reached through the proxy that the environment names", true),
            (HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.ConfigurationLimitExceeded, _) =>
                new(FaultKind.Garbage, "answered with something that is not HTTP as it should be", false),
            _ => new(FaultKind.Cut, "broke the connection off", true),
        };
    }

    private static T? Inner<T>(Exception? exception)
        where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T found)
            {
                return found;
            }
        }

        return null;
    }
}
