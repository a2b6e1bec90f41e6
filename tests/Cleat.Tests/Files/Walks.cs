using System.Collections.Concurrent;
using Cleat.Files;

namespace Cleat.Tests.Files;

/// <summary>Collects what a walk calls back.</summary>
internal sealed record Walked(IReadOnlyList<WalkedFile> Files, IReadOnlyList<(string Path, string Message)> Errors)
{
    public IReadOnlyList<string> Paths => [.. Files.Select(file => file.Path)];

    public static Walked Of(WalkOptions options, params string[] paths)
    {
        ConcurrentBag<WalkedFile> files = [];
        ConcurrentBag<(string, string)> errors = [];
        FileWalker.Walk(paths, options, files.Add, (path, message) => errors.Add((path, message)), TestContext.Current.CancellationToken);
        return new([.. files.OrderBy(file => file.Path, StringComparer.Ordinal)], [.. errors.Order()]);
    }

    /// <summary>Paths relative to a folder, joined by spaces.</summary>
    public string Below(TemporaryTree tree) => string.Join(' ', Paths.Select(path => Path.GetRelativePath(tree.Root, path)).Order(StringComparer.Ordinal));
}
