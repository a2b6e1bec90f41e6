using Cleat.References;
using Cleat.Text;
using Cleat.Trees.Json;

namespace Cleat.Formats.DevContainer;

/// <summary>The lock of the features of a dev container (containers.dev, "Lockfile"): each by the name that the configuration has, with the digest that is taken.</summary>
internal sealed class DevContainerLock
{
    private static readonly string[] Names = ["devcontainer-lock.json", ".devcontainer-lock.json"];

    private readonly Dictionary<string, Digest> digests = new(StringComparer.Ordinal);

    private DevContainerLock(SourceText source)
    {
        foreach (var tree in JsonTrees.Read(source, out _).Where(t => t.Count > 0))
        {
            foreach (var (key, value) in tree.Entries(tree.Child(0, "features")))
            {
                if (tree.Text(value, "resolved") is { } resolved && ImageReference.TryParse(resolved, out var image, out _) && image.Digest is { } digest
                    && ImageReference.TryParse(tree[key].Value, out var asked, out _) && (asked.Registry, asked.Repository) == (image.Registry, image.Repository))
                {
                    digests[tree[key].Value] = digest;
                }
            }
        }
    }

    /// <summary>What locks a feature, for people; null when nothing does.</summary>
    public static string? Of(Surroundings beside, string feature) =>
        Array.Find(Names, beside.Files("").Contains) is { } name && beside.Parsed(name, static source => new DevContainerLock(source))?.digests.TryGetValue(feature, out var digest) == true
            ? $"{name} locks it at {digest}"
            : null;
}
