using Cleat.References;
using Cleat.Text;

namespace Cleat.Cli.Verbs;

/// <summary>Who would be asked for a reference, in order, and with which credentials. Nobody is asked, no secret is shown.</summary>
internal static class ExplainRegistry
{
    public static void Write(ImageReference reference, RegistrySettings settings, TextWriter text, Terminal terminal)
    {
        var route = settings.RouteOf(reference);
        if (route.Blocked is { } why)
        {
            text.WriteLine($"  blocked     {PrintableText.Of(why)}");
        }

        foreach (var place in route.Places)
        {
            text.WriteLine(PrintableText.Of($"  asks        {place.Name} for {place.Repository}{(place.From is { } file ? $" ({file})" : "")}"));
            text.WriteLine(PrintableText.Of($"  credential  {(place.Credentials.Count == 0 ? "none stored: asked as nobody" : string.Join(", else ", place.Credentials))}"));
        }

        foreach (var note in route.Notes)
        {
            terminal.Say($"note: {note}");
        }
    }
}
