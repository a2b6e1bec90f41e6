using System.Net;
using Cleat.Text;

namespace Cleat.Admission.Hosting;

/// <summary>Where to listen.</summary>
internal sealed record ListenAddress(IPEndPoint Place)
{
    public bool IsLoopback => IPAddress.IsLoopback(Place.Address);

    /// <param name="text"><c>ADDR:PORT</c>, or <c>:PORT</c> for every address.</param>
    /// <exception cref="CleatException">It is none.</exception>
    public static ListenAddress Read(string text)
    {
        var whole = text.StartsWith(':') ? "[::]" + text : text.StartsWith("localhost:", StringComparison.Ordinal) ? "127.0.0.1" + text["localhost".Length..] : text;
        return IPEndPoint.TryParse(whole, out var place) && whole.LastIndexOf(':') > whole.LastIndexOf(']') && whole.Contains(':', StringComparison.Ordinal)
            ? new(place)
            : throw new CleatException($"'{PrintableText.Abbreviated(text)}' is no ADDR:PORT to listen at");
    }
}
