using Cleat.References;
using Cleat.Registries;

namespace Cleat.Cli.Commands;

/// <summary>Who would be asked for a reference, in order, and with which credentials. Nobody is asked, no secret is shown.</summary>
internal static class Asking
{
    public static void Write(ImageReference reference, StoredSettings stored, TextWriter text, Terminal terminal)
    {
        var route = stored.Mirrors.Route(reference, byTag: reference.Digest is null);
        if (route.Blocked is { } why)
        {
            text.WriteLine($"  blocked     {Reporting.Printable.Of(why)}");
        }
        else
        {
            foreach (var mirror in route.Mirrors)
            {
                Place($"mirror {mirror.Name}", mirror, $" ({mirror.From})");
            }

            Place(RegistryHost.Api(route.Origin.Host) is var api && route.Origin.Speech == Speech.Usual ? api : route.Origin.Name, route.Origin, route.Origin.From is { } file ? $" ({file})" : "");
        }

        foreach (var problem in new[] { stored.Problem, route.Note }.OfType<string>())
        {
            terminal.Error.WriteLine($"note: {Reporting.Printable.Of(problem)}");
        }

        void Place(string name, Endpoint place, string from)
        {
            var credentials = stored.Credentials.Explain(place.Host, place.Repository).ToList();
            text.WriteLine(Reporting.Printable.Of($"  asks        {name} for {place.Repository}{from}"));
            text.WriteLine(Reporting.Printable.Of($"  credential  {(credentials.Count == 0 ? "none stored: asked as nobody" : string.Join(", else ", credentials))}"));
        }
    }
}
