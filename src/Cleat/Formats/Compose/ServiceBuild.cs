using Cleat.Text;
using Cleat.Trees;

namespace Cleat.Formats.Compose;

/// <summary>A service with what it merges (<c>&lt;&lt;</c>) and extends (compose-spec, 05-services.md, "extends"), in the file or in another one of the tree.</summary>
internal static class ServiceBuild
{
    private const int Deepest = 8;

    /// <summary>True when the service is built: its <c>image</c> then names what comes out.</summary>
    public static bool IsBuilt(Tree tree, int service, Surroundings beside) => IsBuilt(tree, service, beside, 0);

    private static bool IsBuilt(Tree tree, int service, Surroundings beside, int depth)
    {
        if (depth > Deepest)
        {
            return false;
        }

        if (Find(tree, service, "build", 0) is var build and >= 0)
        {
            return !tree.IsNull(build);
        }

        var extends = Find(tree, service, "extends", 0);
        var name = extends < 0 ? null : tree[extends].Kind == NodeKind.Scalar ? tree[extends].Value : tree.Text(extends, "service");
        if (name is null)
        {
            return false;
        }

        return tree.Text(extends, "file") is not { } file ? tree.Child(tree.Child(0, "services"), name) is var own and >= 0 && IsBuilt(tree, own, beside, depth + 1)
            : !file.StartsWith('/') && beside.Parsed(file, static source => new ServiceFile(source)) is { } other
              && other.Trees.Any(t => t.Child(t.Child(0, "services"), name) is var inner and >= 0 && IsBuilt(t, inner, beside.In(RelativePath.Folder(file)), depth + 1));
    }

    /// <summary>The value under a key of a map or of what it merges; -1 when there is none.</summary>
    public static int Find(Tree tree, int map, string key) => Find(tree, map, key, 0);

    private static int Find(Tree tree, int map, string key, int depth)
    {
        if (tree.Child(map, key) is >= 0 || depth > Deepest || tree.Child(map, "<<") is not (var merged and >= 0))
        {
            return tree.Child(map, key);
        }

        foreach (var one in tree[merged].Kind == NodeKind.Sequence ? tree.Targets(merged) : [merged])
        {
            if (Find(tree, one, key, depth + 1) is var found and >= 0)
            {
                return found;
            }
        }

        return -1;
    }

    private sealed class ServiceFile
    {
        public ServiceFile(SourceText source) =>
            Trees = [.. TreeReading.Parts(source, TreeSyntax.Yaml).SelectMany(part => TreeReading.Read(source, part, TreeSyntax.Yaml, out _)).Where(t => t.Count > 0)];

        public IReadOnlyList<Tree> Trees { get; }
    }
}
