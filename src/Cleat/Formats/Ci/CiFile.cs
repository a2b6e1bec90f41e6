using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Ci;

/// <summary>A file of a system in which one file may use another and hand it values: reusable workflows, templates.</summary>
/// <param name="path">The whole path, or what stands for it.</param>
internal abstract class CiFile(Tree tree, string path)
{
    private ILookup<string, CiCall>? byCalled;

    public Tree Tree => tree;

    public string Path => path;

    /// <summary>The files that it uses.</summary>
    public abstract IReadOnlyList<CiCall> Calls { get; }

    /// <summary>Its images that name a value which a caller gives.</summary>
    public abstract IReadOnlyList<Match> OfCallers { get; }

    /// <summary>Where it uses a file.</summary>
    public IEnumerable<CiCall> CallsTo(string called) => (byCalled ??= Calls.ToLookup(c => c.To, StringComparer.Ordinal))[called];
}

/// <summary>A place at which a file uses another.</summary>
/// <param name="To">The whole path of the file that is used.</param>
/// <param name="Arguments">The node of the values that it is given; -1 for none.</param>
/// <param name="Steps">Where that is.</param>
internal sealed record CiCall(CiFile From, string To, int Arguments, Steps Steps);

/// <summary>Files that use each other, as they are on disk.</summary>
internal sealed class CiFiles(IEnumerable<CiFile> files)
{
    // one file may be reached by several paths
    private readonly Dictionary<string, CiFile> files = files.DistinctBy(f => f.Path).ToDictionary(f => f.Path, StringComparer.Ordinal);
    private ILookup<string, CiCall>? callers;

    public CiFile? Find(string path) => files.GetValueOrDefault(path);

    public IEnumerable<CiCall> CallsTo(string path) => (callers ??= files.Values.SelectMany(f => f.Calls).ToLookup(c => c.To, StringComparer.Ordinal))[path];
}

/// <summary>The same as the reader of one of them sees it: that file as it is now, the others as they are on disk.</summary>
/// <param name="files">Looked at only when another file is asked for.</param>
internal sealed class CiFileView(CiFile own, Lazy<CiFiles?> files)
{
    private readonly Dictionary<(CiFile File, IReadOnlySet<CiFile>? Through), IReadOnlyList<CiCall>> callers = [];

    public CiFile Own => own;

    public CiFile? Find(string path) => path == own.Path ? own : files.Value?.Find(path);

    /// <summary>The places at which a file is used.</summary>
    /// <param name="through">The files that are asked; null for all.</param>
    public IReadOnlyList<CiCall> CallsTo(CiFile file, IReadOnlySet<CiFile>? through)
    {
        if (!callers.TryGetValue((file, through), out var calls))
        {
            IEnumerable<CiCall> all = [.. own.CallsTo(file.Path), .. files.Value?.CallsTo(file.Path).Where(c => c.From.Path != own.Path) ?? []];
            callers.Add((file, through), calls = [.. all.Where(c => through?.Contains(c.From) != false)]);
        }

        return calls;
    }

    /// <summary>The files that this one uses, and those that they use; not itself.</summary>
    /// <param name="levels">How deep files of the system may use each other.</param>
    public IReadOnlyList<CiFile> Used(int levels)
    {
        List<CiFile> found = [own];
        HashSet<CiFile> seen = [own];
        for (int i = 0, level = 0; level < levels && i < found.Count; level++)
        {
            for (var end = found.Count; i < end; i++)
            {
                foreach (var call in found[i].Calls)
                {
                    if (Find(call.To) is { } file && seen.Add(file))
                    {
                        found.Add(file);
                    }
                }
            }
        }

        return found[1..];
    }

    /// <summary>What to call a file: its path from the folder that it shares with the one that is read.</summary>
    public string Name(CiFile file)
    {
        var shared = 0;
        for (var i = 0; i < file.Path.Length && i < own.Path.Length && file.Path[i] == own.Path[i]; i++)
        {
            shared = file.Path[i] == '/' ? i + 1 : shared;
        }

        return file.Path[shared..];
    }
}
