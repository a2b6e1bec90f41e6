using System.Globalization;
using Cleat.Files;
using Cleat.Formats;
using Cleat.Text;
using Cleat.Trees.Paths;

namespace Cleat.Running.Docker;

/// <summary>A compose file that made a container, as the container's labels say: it may be gone, or lie on another machine.</summary>
/// <param name="Line">Where the image of the service stands in it; null when that could not be found.</param>
internal sealed record ComposeFile(string Path, int? Line)
{
    /// <summary>Finds the line of a service's image, where the file is on this machine.</summary>
    public static ComposeFile Find(string path, string service, string image)
    {
        if (!System.IO.Path.IsPathFullyQualified(path) || FileReader.Read(path) is not { Succeeded: true } read)
        {
            return new(path, null);
        }

        SourceText source = new(path, read.Bytes);
        var place = Steps.Of("services", service, "image");
        var found = FileReading.Read(source, named: true).Uses.FirstOrDefault(u => u.Steps.Equals(place) && u.Text == image);
        return new(path, found is null ? null : source.Position(found.Span.Start).Line);
    }

    public override string ToString() => Line is { } line ? string.Create(CultureInfo.InvariantCulture, $"{Path}:{line}") : Path;
}
