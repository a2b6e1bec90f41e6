using System.Collections.Concurrent;
using Cleat.Findings;
using Cleat.Formats.Kustomize;
using Cleat.Text;

namespace Cleat.Run;

/// <summary>The kustomizations that a run reads: what they pin breaks no rule where it stands.</summary>
internal sealed class KustomizationsOfRun
{
    private readonly ConcurrentBag<(string Path, string FullPath, Inclusion Inclusion)> read = [];

    /// <summary>Takes note of what a file includes, if it is a kustomization.</summary>
    public void Add(FileUses file)
    {
        if (file is { FullPath: { } full, Found.Inclusion: { } inclusion })
        {
            read.Add((file.Path, full, inclusion.Under(RelativePath.Folder(full))));
        }
    }

    /// <summary>Marks what is pinned, once every file was read.</summary>
    public void Cover(IEnumerable<FoundFile> files, Action<JobError> fail)
    {
        Coverage coverage = new([.. read.Select(k => (k.FullPath, k.Inclusion))]);
        var reported = read.DistinctBy(k => k.FullPath).ToDictionary(k => k.FullPath, k => k.Path, StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (file.FullPath is { } path && coverage.Holds(path))
            {
                FileGuard.Run(file.Path, () => file.Findings = file.Findings.ConvertAll(f => coverage.By(path, f.Use) is { } by ? f with { Rule = null, CoveredBy = reported[by] } : f), fail);
            }
        }
    }
}
