using System.Collections.Concurrent;
using Cleat.Findings;
using Cleat.Formats.Kustomize;
using Cleat.Uses;

namespace Cleat.Run;

/// <summary>The kustomizations that a run reads: what they decide breaks no rule where it stands.</summary>
internal sealed class KustomizationsOfRun
{
    private readonly ConcurrentBag<(string Path, KustomizationFolder Folder)> read = [];

    public IReadOnlyList<KustomizationFolder> All => [.. InOrder.Select(k => k.Folder)];

    // files are read in any order; of two that decide the same the first by its path is named
    private IEnumerable<(string Path, KustomizationFolder Folder)> InOrder => read.OrderBy(k => k.Path, StringComparer.Ordinal);

    /// <summary>Takes note of a file, if it is a kustomization.</summary>
    public void Add(FileUses file)
    {
        if (file is { FullPath: not null, Found.Kustomization: { } folder })
        {
            read.Add((file.Path, folder));
        }
    }

    /// <summary>Marks what is decided, once every file was read.</summary>
    public void Cover(IEnumerable<FoundFile> files, Action<JobError> fail)
    {
        Coverage coverage = new(InOrder.Select(k => k.Folder));
        var reported = InOrder.Where(k => k.Folder.Path is not null).DistinctBy(k => k.Folder.Path).ToDictionary(k => k.Folder.Path!, k => k.Path, StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (file.FullPath is { } path && coverage.Holds(path))
            {
                FileGuard.Run(file.Path, () => file.Findings = file.Findings.ConvertAll(f => coverage.By(path, f.Use) is { } by ? f with { Rule = null, CoveredBy = reported.GetValueOrDefault(by.Path, by.Path), Built = Policy.Judge(by.Image ?? "").Reference?.Canonical } : f), fail);
            }
        }
    }
}
