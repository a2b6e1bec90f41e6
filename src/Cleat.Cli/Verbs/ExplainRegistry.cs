using Cleat.Formats;
using Cleat.References;
using Cleat.Registries.Client;
using Cleat.Text;

namespace Cleat.Cli.Verbs;

/// <summary>Who would be asked for a reference, in order, and with which credentials. Nobody is asked, no secret is shown.</summary>
internal static class ExplainRegistry
{
    public static void Write(ImageReference reference, StoredSettings stored, TextWriter text, Terminal terminal)
    {
        var route = stored.Mirrors.Route(reference, byTag: reference.Digest is null);
        if (route.Blocked is { } why)
        {
            text.WriteLine($"  blocked     {PrintableText.Of(why)}");
        }
        else
        {
            foreach (var mirror in route.Mirrors)
            {
                Place($"mirror {mirror.Name}", mirror, $" ({mirror.From})");
            }

            Place(RegistryHost.Api(route.Origin.Host) is var api && route.Origin.Transport == Transport.Usual ? api : route.Origin.Name, route.Origin, route.Origin.From is { } file ? $" ({file})" : "");
        }

        foreach (var problem in new[] { stored.Problem, route.Note }.OfType<string>())
        {
            terminal.Error.WriteLine($"note: {PrintableText.Of(problem)}");
        }

        void Place(string name, Endpoint place, string from)
        {
            var credentials = stored.Credentials.Explain(place.Host, place.Repository).ToList();
            text.WriteLine(PrintableText.Of($"  asks        {name} for {place.Repository}{from}"));
            text.WriteLine(PrintableText.Of($"  credential  {(credentials.Count == 0 ? "none stored: asked as nobody" : string.Join(", else ", credentials))}"));
        }
    }
}
