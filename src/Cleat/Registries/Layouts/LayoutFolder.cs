using Cleat.Registries.Client;

namespace Cleat.Registries.Layouts;

/// <summary>A layout in a folder. Only plain files below the folder are read: a link in it could lead anywhere, so none is followed.</summary>
internal sealed class LayoutFolder(string path) : LayoutFiles(path)
{
    internal override string Name { get; } = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path)));

    protected override string? Absent => Directory.Exists(Path) ? null : $"{Path} is no folder";

    protected override Outcome<byte[]> Read(params ReadOnlySpan<string> parts)
    {
        var shown = string.Join('/', parts!);
        try
        {
            var file = Path;
            foreach (var part in parts)
            {
                file = System.IO.Path.Combine(file, part);
                if (new FileInfo(file).LinkTarget is not null)
                {
                    return new Resolution.Refused($"{Path}: {shown} is a link: nothing outside the folder is read");
                }
            }

            var info = new FileInfo(file);
            return !info.Exists ? new Resolution.NotFound($"{Path} has no {shown}")
                : info.Length > Largest ? new Resolution.Refused($"{Path}: {shown} has more than the {Largest} bytes that a manifest may have")
                : info.Length == 0 ? [] // a pipe has no length either, and reading it would never end
                : File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Resolution.Refused($"{Path}: {shown} cannot be read: {e.Message}");
        }
    }
}
