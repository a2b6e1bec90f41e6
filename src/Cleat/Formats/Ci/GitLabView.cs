using Cleat.Formats.Variables;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Ci;

/// <summary>
/// A pipeline as the reader of one of its documents sees it: that document as it is now, the others as they are on disk. The <c>variables</c> of all
/// its files are one map, in which the including file wins over the included, and a later one over an earlier.
/// </summary>
/// <param name="pipeline">Null when the document's file belongs to none.</param>
/// <param name="self">The path of the document's file from the pipeline's root.</param>
internal sealed class GitLabView(GitLabDocument own, GitLabPipeline? pipeline, string self)
{
    // the variables of jobs, with what they extend
    private readonly Dictionary<(GitLabDocument, string, string), KnownValue?> ofJobs = [];

    // the variables of the whole pipeline that this document sets
    private readonly Dictionary<string, KnownValue?> ofAll = new(StringComparer.Ordinal);

    public GitLabDocument Own => own;

    /// <summary>What to say of a variable that is not known.</summary>
    public string Why(string name) => name.StartsWith("CI_", StringComparison.Ordinal) ? $"GitLab sets {name} when the pipeline runs"
        : pipeline?.IncludesMore == true ? $"{name} is set by the project, its group, a trigger, or what the pipeline includes from elsewhere: pin its value there, or give it a value in this file"
        : $"{name} is set by the project, its group or a trigger: pin its value there, or give it a value in this file";

    /// <summary>The images of other files of the pipeline that name a variable of this document.</summary>
    public IEnumerable<(GitLabDocument Document, string File, Match Match)> Elsewhere()
    {
        HashSet<(GitLabDocument, int)> seen = [];
        if (pipeline is null)
        {
            yield break;
        }

        foreach (var name in own.Names)
        {
            foreach (var file in pipeline.Naming.GetValueOrDefault(name) ?? [])
            {
                if (file != self && Holder(name, file, null) == self)
                {
                    foreach (var document in pipeline.Documents(file))
                    {
                        foreach (var match in document.ImagesNaming.GetValueOrDefault(name) ?? [])
                        {
                            if (seen.Add((document, match.Node)))
                            {
                                yield return (document, file, match);
                            }
                        }
                    }
                }
            }
        }
    }

    /// <summary>The jobs that an image or a service of a job is for: itself, and when it only is there to be extended those that do and name no other.</summary>
    /// <param name="what"><c>image</c> or <c>services</c>.</param>
    public static List<string?> Running(GitLabDocument document, string? job, string what)
    {
        if (job?.StartsWith('.') != true)
        {
            return [job];
        }

        List<string> heirs = [job];
        HashSet<string> seen = [job];
        for (var i = 0; i < heirs.Count; i++)
        {
            foreach (var heir in document.Heirs.GetValueOrDefault(heirs[i]) ?? [])
            {
                if (document.Tree.Child(document.Jobs[heir], what) < 0 && seen.Add(heir))
                {
                    heirs.Add(heir);
                }
            }
        }

        return heirs.FindAll(h => !h.StartsWith('.')) is { Count: > 0 } jobs ? [.. jobs] : [job];
    }

    /// <summary>The variable as an image of a job in a document has it.</summary>
    /// <param name="file">The document's file, from the pipeline's root.</param>
    /// <param name="job">Null for an image at the root.</param>
    public KnownValue? Variable(GitLabDocument document, string file, string? job, string name) =>
        (job is null ? null : OfJob(document, job, name)) is { } value ? document == own ? value : value.Elsewhere(file) : Global(document, file, name);

    private KnownValue? Global(GitLabDocument document, string file, string name)
    {
        var holder = Holder(name, file, document);
        if (holder != self)
        {
            return holder is null ? null : pipeline!.Documents(holder).FirstOrDefault(d => d.Sets(0, name))?.Variable(0, Steps.Root, name)?.Elsewhere(holder);
        }

        if (!ofAll.TryGetValue(name, out var value))
        {
            value = own.Variable(0, Steps.Root, name);
            value = ofAll[name] = value is { IsShared: false } alone && pipeline is not null
                ? alone with { IsShared = pipeline.TimesNamed(name, self) + own.Tree.Source.WordCounts.OfVariable(name) > 1 }
                : value;
        }

        return value;
    }

    // the file whose value counts: the one at the root, the one that uses it, the last that is included
    private string? Holder(string name, string file, GitLabDocument? document)
    {
        var isOwn = own.Sets(0, name);
        if (pipeline is null)
        {
            return isOwn ? self : null;
        }

        if (Sets(pipeline.Root, name))
        {
            return pipeline.Root;
        }

        if (document?.Sets(0, name) ?? Sets(file, name))
        {
            return file;
        }

        var last = pipeline.Setting.GetValueOrDefault(name)?.FindLast(path => path != self);
        return isOwn && (last is null || pipeline.Order.GetValueOrDefault(self) > pipeline.Order[last]) ? self : last;
    }

    private bool Sets(string file, string name) => file == self ? own.Sets(0, name) : pipeline!.Documents(file).Any(d => d.Sets(0, name));

    // the job's own variables, then those of what it extends, the last first; each job is asked once for each name
    private KnownValue? OfJob(GitLabDocument document, string job, string name)
    {
        Stack<(string Job, bool IsRead)> left = new([(job, false)]);
        while (left.TryPop(out var at))
        {
            var node = document.Jobs.GetValueOrDefault(at.Job, -1);
            if (at.IsRead)
            {
                foreach (var extended in document.Extended(node))
                {
                    ofJobs[(document, at.Job, name)] = ofJobs.GetValueOrDefault((document, extended, name)) ?? ofJobs[(document, at.Job, name)];
                }
            }
            else if (ofJobs.TryAdd((document, at.Job, name), node < 0 ? null : document.Variable(node, Steps.Of(at.Job), name)) && node >= 0 && ofJobs[(document, at.Job, name)] is null)
            {
                left.Push((at.Job, true));
                foreach (var extended in document.Extended(node))
                {
                    left.Push((extended, false));
                }
            }
        }

        return ofJobs[(document, job, name)];
    }
}
