using System.Collections.Concurrent;

namespace Cleat.Files;

/// <summary>
/// Finds the files that the arguments of a command mean: named files always, folders with <c>.gitignore</c> honoured and
/// hidden names included, never <c>.git</c>.
/// </summary>
/// <remarks>
/// <para>Links: a link to a folder is not followed; what it leads to inside the tree is walked where it lies. A link to a
/// file is followed, after the walk, when its target lies in one of the named folders (outside of <c>.git</c>) and was not
/// visited under its own name or by an earlier link: so each real file comes once, circles cannot form and no link leads
/// out of the tree. An argument that is itself a link is followed: it was named.</para>
/// <para>FIFOs, sockets and devices met in a walk are passed over without being opened. A repository inside the tree (a
/// submodule) has its own rules only. Rules of a folder that ignore a named argument do not apply to it.</para>
/// </remarks>
internal static class FileWalker
{
    /// <summary>Visits every file once; the set is determined by the disk, the order and the thread are not.</summary>
    /// <param name="visit">Called from <see cref="WalkOptions.Jobs"/> threads at once.</param>
    /// <param name="error">Called, from the same threads, with a path and what is wrong with it.</param>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is called any more.</exception>
    public static void Walk(
        IReadOnlyList<string> paths,
        WalkOptions options,
        Action<WalkedFile> visit,
        Action<string, string> error,
        CancellationToken cancellation = default)
    {
        var arguments = WalkArguments.Read(paths, error);
        Walk(arguments, TreeFiles.Around(arguments.Places), options, visit, error, cancellation);
    }

    /// <summary>The same with arguments that were read.</summary>
    /// <param name="tree">Of <see cref="WalkArguments.Places"/>.</param>
    public static void Walk(
        WalkArguments arguments,
        TreeFiles tree,
        WalkOptions options,
        Action<WalkedFile> visit,
        Action<string, string> error,
        CancellationToken cancellation)
    {
        ConcurrentBag<WalkedFile> links = [];

        List<WalkItem> first = [.. WalkItem.Batches(arguments.Files)];
        foreach (var (prefix, realPath) in arguments.Folders)
        {
            var globs = PathGlobs.Of(options, realPath);
            var rules = options.UseIgnoreFiles ? GitRepository.RulesAbove(realPath, error) : null;
            first.Add(new(new Folder(prefix, realPath, rules, globs, globs?.IncludesRoot(realPath, options.GlobRoot) ?? true), null));
        }

        FolderWalk walk = new(options, arguments, tree, links.Add, error);
        WorkQueue<WalkItem>.Run(first, options.Jobs, Work, cancellation);
        if (!links.IsEmpty)
        {
            var seen = Visited(first, options, arguments, tree, cancellation);
            var followed = LinkedFiles.Follow(links, arguments, seen, error);
            WorkQueue<WalkItem>.Run(WalkItem.Batches(followed), options.Jobs, Work, cancellation);
        }

        void Work(WalkItem item, WorkQueue<WalkItem> queue)
        {
            var files = item.Files;
            if (item.Folder is not null)
            {
                files = walk.Enter(item.Folder, queue);
                if (files.Length > WalkItem.BatchSize)
                {
                    foreach (var batch in WalkItem.Batches(files[WalkItem.BatchSize..]))
                    {
                        queue.Add(batch);
                    }

                    files = files[..WalkItem.BatchSize];
                }
            }

            foreach (var file in files!)
            {
                cancellation.ThrowIfCancellationRequested();
                visit(file);
            }
        }
    }

    // the folders are listed once more where there are links: to keep the paths of every walk costs more
    private static HashSet<string> Visited(List<WalkItem> first, WalkOptions options, WalkArguments arguments, TreeFiles tree, CancellationToken cancellation)
    {
        ConcurrentBag<string[]> visited = [];
        FolderWalk walk = new(options, arguments, tree, _ => { }, (_, _) => { });
        WorkQueue<WalkItem>.Run(
            first.Where(item => item.Folder is not null),
            options.Jobs,
            (item, queue) => visited.Add(Array.ConvertAll(walk.Enter(item.Folder!, queue), file => file.FullPath)),
            cancellation);
        return [.. arguments.RealFiles, .. visited.SelectMany(batch => batch)];
    }
}

/// <summary>A piece of work: a folder to be listed, or files to be visited.</summary>
internal readonly record struct WalkItem(Folder? Folder, WalkedFile[]? Files)
{
    /// <summary>Files visited in one go; a folder with more is shared among the threads.</summary>
    public const int BatchSize = 32;

    public static IEnumerable<WalkItem> Batches(IEnumerable<WalkedFile> files) =>
        files.Chunk(BatchSize).Select(batch => new WalkItem(null, batch));
}
