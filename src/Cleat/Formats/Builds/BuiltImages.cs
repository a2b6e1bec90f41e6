using Cleat.References;

namespace Cleat.Formats.Builds;

/// <summary>
/// Images that the tree builds itself, by what its build files say in a folder or above it: they are put in by the tool that builds them, and no registry is asked for them.
/// </summary>
internal sealed class BuiltImages
{
    // more levels than a tree has build files
    private const int Deepest = 8;

    private readonly List<(string File, IBuilds Builds)> all = [];

    private BuiltImages(Surroundings folder)
    {
        Add(folder, SkaffoldBuilds.Names, SkaffoldBuilds.Of);
        Add(folder, [TiltBuilds.Name], static (from, path) => from.Parsed(path, TiltBuilds.Read));
        Add(folder, BakeBuilds.Names, static (from, path) => from.Parsed(path, BakeBuilds.Read));
        Add(folder, ComposeBuilds.Names, static (from, path) => from.Parsed(path, ComposeBuilds.Read));
    }

    /// <summary>What is built around a file; null for text that stands in no folder.</summary>
    public static BuiltImages? Around(Surroundings beside) => beside.Folder is null ? null : beside.Opened("", static folder => new BuiltImages(folder));

    /// <summary>What builds an image, for people; null when nothing around the file does.</summary>
    public string? Builder(ImageReference image)
    {
        foreach (var (file, builds) in all)
        {
            if (builds.Builds(image))
            {
                return file;
            }
        }

        return null;
    }

    private void Add(Surroundings folder, string[] names, Func<Surroundings, string, IBuilds?> read)
    {
        foreach (var name in names)
        {
            var from = folder;
            for (var level = 0; level < Deepest && from.Above(name) is { } up; level++)
            {
                if (read(from, up + name) is { } builds)
                {
                    all.Add((name, builds));
                }

                from = from.In(up + "../");
            }
        }
    }
}

/// <summary>What one build file builds.</summary>
internal interface IBuilds
{
    bool Builds(ImageReference image);
}
