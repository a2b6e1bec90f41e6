using System.Collections.Concurrent;
using System.Text;

namespace Cleat.Files;

/// <summary>
/// Which files of values are private to this machine: those that git ignores or does not track. Secrets stand in such files, and what a tree puts
/// together from them would be asked at a registry that the tree names, and printed.
/// </summary>
internal sealed class PrivateValues
{
    private readonly ConcurrentDictionary<string, bool> known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<IReadOnlySet<string>?>> tracked = new(StringComparer.Ordinal);

    /// <summary>True for a file that gives values to names, as its own name shows: <c>.env</c>, <c>.env.local</c>, <c>web.env</c>, <c>x.tfvars</c>.</summary>
    public static bool AreValues(ReadOnlySpan<char> path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.EndsWith(".env", StringComparison.Ordinal) || name.StartsWith(".env.", StringComparison.Ordinal)
            || name.EndsWith(".tfvars", StringComparison.Ordinal) || name.EndsWith(".tfvars.json", StringComparison.Ordinal);
    }

    /// <summary>True for a file of values that git ignores, or, in a repository, does not track, or of which that cannot be told.</summary>
    /// <param name="fullPath">Its folder without links.</param>
    public bool Contains(string fullPath) => AreValues(fullPath) && IsPrivate(fullPath);

    /// <summary>The same for any file that a format takes values from; what its name does not show is private when git ignores it.</summary>
    public bool IsPrivate(string fullPath) => known.GetOrAdd(fullPath, Ask);

    /// <summary>Lets go of what is known.</summary>
    public void Forget()
    {
        known.Clear();
        tracked.Clear();
    }

    private bool Ask(string path)
    {
        var folder = Path.GetDirectoryName(path) ?? "/";

        // what cannot be read is said by the walk
        var rules = GitRepository.IgnoreFile(GitRepository.RulesAbove(folder, (_, _) => { }), folder, (_, _) => { });
        return rules?.Ignores(Encoding.UTF8.GetBytes(path), isFolder: false) == true
            || (AreValues(path) && GitRepository.RootOf(folder) is { } root && Tracked(root)?.Contains(path[(root.TrimEnd('/').Length + 1)..]) != true);
    }

    private IReadOnlySet<string>? Tracked(string root) => tracked.GetOrAdd(root, static root => new(() => GitRepository.Tracked(root, AreValues))).Value;

    private static bool AreValues(ReadOnlySpan<byte> path)
    {
        var name = path[(path.LastIndexOf((byte)'/') + 1)..];
        return name.Length <= 255 && AreValues(Encoding.UTF8.GetString(name));
    }
}
