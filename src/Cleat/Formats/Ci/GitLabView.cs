using Cleat.Formats.Variables;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Ci;

/// <summary>A job in a document of a pipeline; a null name for what stands at the root.</summary>
internal readonly record struct GitLabJob(GitLabDocument Document, string File, string? Name)
{
    public int Node => Name is { } name ? Document.Jobs.GetValueOrDefault(name, -1) : -1;

    public Steps Path => Name is { } name ? Steps.Of(name) : Steps.Root;
}

/// <summary>A pipeline as the reader of one of its documents sees it: that document as it is now, the others as they are on disk.</summary>
/// <param name="pipeline">Null when the document's file belongs to none.</param>
/// <param name="self">The path of the document's file from the pipeline's root.</param>
internal sealed class GitLabView(GitLabDocument own, GitLabPipeline? pipeline, string self)
{
    // the job that counts for a key, of a job and those that it extends
    private readonly Dictionary<(GitLabJob, string, string?), GitLabJob?> nearest = [];
    private readonly Dictionary<(GitLabJob, string What, string Names), IReadOnlyList<GitLabJob>> running = [];
    private readonly Dictionary<(GitLabDocument, string What), GitLabDefault> defaults = [];
    private readonly Dictionary<(GitLabDocument, int), GitLabRules> rules = [];
    private readonly Dictionary<GitLabJob, GitLabMatrix> matrices = [];
    private readonly Dictionary<(string File, string Name), IReadOnlyList<GitLabJob>> starting = [];
    private readonly Lazy<ILookup<string, GitLabCall>> ownCalls = new(() => own.Calls.ToLookup(c => c.To, StringComparer.Ordinal));
    private readonly Lazy<ILookup<string, string>> ownTriggers = new(() => own.Triggers.ToLookup(t => t.To, t => t.Job, StringComparer.Ordinal));
    private readonly Lazy<GitLabDocument?> header = new(() => new GitLabFile(own.Tree.Source).Documents is [var first, ..] ? first : null);

    public GitLabDocument Own => own;

    public string Self => self;

    public GitLabPipeline? Pipeline => pipeline;

    /// <summary>What to say of a variable that is not known.</summary>
    public string Why(string name) => name.StartsWith("CI_", StringComparison.Ordinal) ? $"GitLab sets {name} when the pipeline runs"
        : name.StartsWith("inputs.", StringComparison.Ordinal) ? "whoever includes the file gives the input: pin its value there, or give it a default with a digest"
        : pipeline?.IncludesMore == true ? $"{name} is set by the project, its group, a trigger, or what the pipeline includes from elsewhere: pin its value there, or give it a value in this file"
        : $"{name} is set by the project, its group or a trigger: pin its value there, or give it a value in this file";

    /// <summary>The documents of a file, this one as it is now.</summary>
    public IEnumerable<GitLabDocument> Documents(string file) => file == self ? [own] : pipeline?.Documents(file) ?? [];

    /// <summary>The document in which a file says what its inputs are.</summary>
    public GitLabDocument? Header(string file) => file == self ? header.Value : pipeline?.Documents(file) is [var first, ..] ? first : null;

    /// <summary>The places that hand inputs to a file.</summary>
    public IEnumerable<(string File, GitLabCall Call)> CallsTo(string file) =>
        [.. pipeline?.CallsTo(file).Where(c => c.File != self) ?? [], .. ownCalls.Value[file].Select(c => (self, c))];

    /// <summary>The jobs that start a pipeline with a file.</summary>
    public IEnumerable<GitLabJob> TriggersOf(string file) =>
        [.. pipeline?.TriggersOf(file).Where(job => job.File != self) ?? [], .. ownTriggers.Value[file].Select(job => new GitLabJob(own, self, job))];

    /// <summary>The jobs that start a pipeline with a file and give it a variable, or what they extend that does.</summary>
    public IReadOnlyList<GitLabJob> Starting(string file, string name)
    {
        if (!starting.TryGetValue((file, name), out var known))
        {
            starting[(file, name)] = known = [.. TriggersOf(file).Select(trigger => Nearest(trigger, GitLabDocument.Variables, name)).OfType<GitLabJob>()];
        }

        return known;
    }

    /// <summary>The rules of a job or a workflow.</summary>
    /// <param name="holder">Its node; -1 for none.</param>
    public GitLabRules Rules(GitLabDocument document, int holder, Steps path)
    {
        if (!rules.TryGetValue((document, holder), out var known))
        {
            rules[(document, holder)] = known = new(document, holder, path);
        }

        return known;
    }

    public GitLabMatrix Matrix(GitLabJob holder)
    {
        if (!matrices.TryGetValue(holder, out var known))
        {
            matrices[holder] = known = new(holder);
        }

        return known;
    }

    /// <summary>The images in other files of the pipeline that may end in a value of this document.</summary>
    public IEnumerable<(GitLabJob Holder, Match Match)> Elsewhere()
    {
        if (pipeline is null)
        {
            return [];
        }

        var ofAll = own.Names.SelectMany(name => (pipeline.Naming.GetValueOrDefault(name) ?? []).Where(file => file != self && SetBy(name, file, null) == self).Select(file => (file, name)));
        var ofInputs = own.Calls.Select(call => call.To).Distinct().SelectMany(to => Naming(to).Where(name => name.StartsWith("inputs.", StringComparison.Ordinal)).Select(name => (to, name)));
        HashSet<string> ofJobs = [.. own.NamesOfJobs];
        var ofTriggers = own.Triggers.Where(t => own.Tree.Child(own.Jobs[t.Job], GitLabDocument.Variables) >= 0).Select(t => t.To).Distinct().SelectMany(to => Naming(to).Where(ofJobs.Contains).Select(name => (to, name)));
        return ofAll.Concat(ofInputs).Concat(ofTriggers).Distinct()
            .SelectMany(one => pipeline.Documents(one.Item1).SelectMany(document => (document.ImagesNaming.GetValueOrDefault(one.Item2) ?? []).Select(match => new GitLabImage(document, one.Item1, match))))
            .Concat(ofJobs.Count == 0 ? [] : OfFamily(ofJobs, pipeline))
            .DistinctBy(found => (found.Document, found.Match.Node))
            .Select(found => (new GitLabJob(found.Document, found.File, GitLabDocument.Holder(found.Match)), found.Match));

        IEnumerable<string> Naming(string file) => pipeline.Documents(file).SelectMany(d => d.ImagesNaming.Keys);
    }

    // those in files with jobs that extend jobs of this document, or that these extend
    private IEnumerable<GitLabImage> OfFamily(HashSet<string> names, GitLabPipeline from)
    {
        var families = from.Families.Of(own.Jobs.Keys.Concat(own.Heirs.Keys));
        return own.Jobs.Keys.SelectMany(job => from.Extending.GetValueOrDefault(job) ?? [])
            .Concat(own.Heirs.Keys.Where(job => !own.Jobs.ContainsKey(job)).SelectMany(job => from.WithJob.GetValueOrDefault(job) ?? []))
            .Where(file => file != self).Distinct().SelectMany(file => from.Families.Images(file, families, names));
    }

    /// <summary>
    /// The jobs that an image or a service is for: its own; when that is only there to be extended those that do and name no other; for one that stands for all
    /// jobs those without one that set a variable in it.
    /// </summary>
    /// <param name="what"><c>image</c> or <c>services</c>.</param>
    public IReadOnlyList<GitLabJob> Running(GitLabJob job, string what, string text)
    {
        string[] names = [.. Interpolation.Names(text)];
        var asked = (job, what, string.Join(' ', names));
        if (!running.TryGetValue(asked, out var known))
        {
            running[asked] = known = job.Name is null or "default" ? ForAll(job, what, names) : job.Name.StartsWith('.') ? Heirs(job, what) : [job];
        }

        return known;
    }

    private IReadOnlyList<GitLabJob> ForAll(GitLabJob job, string what, string[] names)
    {
        if (!defaults.TryGetValue((job.Document, what), out var known))
        {
            defaults[(job.Document, what)] = known = new(this, job, what);
        }

        var setting = known.Setting(names, out var areAll);
        return areAll ? setting : [job, .. setting];
    }

    private List<GitLabJob> Heirs(GitLabJob job, string what)
    {
        List<GitLabJob> heirs = [job];
        HashSet<GitLabJob> seen = [job];
        for (var i = 0; i < heirs.Count; i++)
        {
            var name = heirs[i].Name!;
            foreach (var file in (pipeline?.Extending.GetValueOrDefault(name) ?? []).Append(heirs[i].File).Append(self).Distinct())
            {
                foreach (var document in file == heirs[i].File ? [heirs[i].Document] : Documents(file))
                {
                    foreach (var heir in document.Heirs.GetValueOrDefault(name) ?? [])
                    {
                        if (document.Tree.Child(document.Jobs[heir], what) < 0 && seen.Add(new(document, file, heir)))
                        {
                            heirs.Add(new(document, file, heir));
                        }
                    }
                }
            }
        }

        // of those that say nothing of variables and extend the same one is as good as all
        List<GitLabJob> jobs = [.. heirs.Where(h => !h.Name!.StartsWith('.')).DistinctBy(h => (h.Document, h.Document.SaysVariables(h.Node) ? h.Name : string.Join('\n', h.Document.Extended(h.Node).Prepend(""))))];
        return jobs.Count > 0 ? jobs : [job];
    }

    /// <summary>The job that has a key: it itself, or of what it extends the last first; null when none has. Each job is asked once for each key.</summary>
    /// <param name="below">A key in the map under that key, where it is asked for.</param>
    public GitLabJob? Nearest(GitLabJob job, string key, string? below)
    {
        Stack<(GitLabJob Job, bool IsRead)> left = new([(job, false)]);
        while (left.TryPop(out var at))
        {
            var asked = (at.Job, key, below);
            List<GitLabJob> extended = at.Job.Node < 0 ? [] : [.. at.Job.Document.Extended(at.Job.Node).Select(name => Find(at.Job, name)).OfType<GitLabJob>()];
            if (at.IsRead)
            {
                foreach (var other in extended)
                {
                    nearest[asked] = nearest.GetValueOrDefault((other, key, below)) ?? nearest[asked];
                }
            }
            else if (nearest.TryAdd(asked, Has(at.Job, key, below) ? at.Job : null) && nearest[asked] is null)
            {
                left.Push((at.Job, true));
                extended.ForEach(other => left.Push((other, false)));
            }
        }

        return nearest[(job, key, below)];
    }

    /// <summary>The file whose variable of the whole pipeline counts: the one at the root, the one that uses it, the last that is included.</summary>
    public string? SetBy(string name, string file, GitLabDocument? document)
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

    private bool Sets(string file, string name) => Documents(file).Any(d => d.Sets(0, name));

    private static bool Has(GitLabJob job, string key, string? below) =>
        job.Node >= 0 && job.Document.Tree.Child(job.Node, key) is var node and >= 0 && (below is null || job.Document.Tree.Child(node, below) >= 0);

    // a job that another extends: of the same document, or of the last file that has it
    private GitLabJob? Find(GitLabJob heir, string name)
    {
        if (heir.Document.Jobs.ContainsKey(name))
        {
            return heir with { Name = name };
        }

        if (own.Jobs.ContainsKey(name))
        {
            return new(own, self, name);
        }

        return pipeline?.WithJob.GetValueOrDefault(name)?.FindLast(path => path != self) is { } file
            && pipeline.Documents(file).FirstOrDefault(d => d.Jobs.ContainsKey(name)) is { } document ? new(document, file, name) : null;
    }
}
