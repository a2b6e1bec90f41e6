using Cleat.Registries.Client;
using Cleat.Files;

namespace Cleat.Registries.Layouts;

/// <summary>A layout in a folder. Only plain files below the folder are read: a link in it could lead anywhere, so none is followed.</summary>
internal sealed class LayoutFolder(string path) : LayoutFiles(path)
{
    internal override string Name { get; } = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path)));

    protected override string? Absent => Directory.Exists(Path) ? null : $"{Path} is no folder";

    protected override Outcome<byte[]> Read(params ReadOnlySpan<string> parts)
    {
        var shown = string.Join('/', parts!);
        var file = Path;
        foreach (var part in parts)
        {
            file = System.IO.Path.Combine(file, part);
            if (NativeMethods.TryStatus(file, follow: false, out var status) && status.Kind == FileKind.Link)
            {
                return new Resolution.Refused($"{Path}: {shown} is a link: nothing outside the folder is read");
            }
        }

        var read = SettingsFile.Read(file, Largest);
        return read.Succeeded ? read.Bytes.ToArray()
            : read.Failure is ReadFailure.Vanished or ReadFailure.Folder ? new Resolution.NotFound($"{Path} has no {shown}")
            : read.Failure == ReadFailure.TooLarge ? new Resolution.Refused($"{Path}: {shown} has more than the {Largest} bytes that a manifest may have")
            : new Resolution.Refused($"{Path}: {shown} cannot be read: {read.Message}");
    }
}
