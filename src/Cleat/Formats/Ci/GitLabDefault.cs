namespace Cleat.Formats.Ci;

/// <summary>The jobs of a document that have no image, or no services, of their own: what stands for all jobs is for them.</summary>
internal sealed class GitLabDefault
{
    private readonly GitLabView view;
    private readonly List<GitLabJob> jobs;

    // the places in the list of those that set a variable themselves, and of those that extend others, which may set it
    private readonly Dictionary<string, List<int>> setting = new(StringComparer.Ordinal);
    private readonly List<int> extending = [];

    /// <param name="any">A job of the document, or what stands at its root.</param>
    /// <param name="what"><c>image</c> or <c>services</c>.</param>
    public GitLabDefault(GitLabView view, GitLabJob any, string what)
    {
        this.view = view;
        jobs = [.. any.Document.Jobs.Keys.Where(name => !name.StartsWith('.') && name != "default" && !GitLabDocument.IsGlobal(name))
            .Select(name => any with { Name = name }).Where(job => view.Nearest(job, what, null) is null)];
        for (var i = 0; i < jobs.Count; i++)
        {
            if (any.Document.Extended(jobs[i].Node).Any())
            {
                extending.Add(i);
                continue;
            }

            foreach (var name in any.Document.NamesOf(jobs[i].Node))
            {
                setting.TryAdd(name, []);
                setting[name].Add(i);
            }
        }
    }

    /// <summary>The jobs that set one of the variables, or extend one that does.</summary>
    /// <param name="areAll">True when all jobs are among them.</param>
    public IReadOnlyList<GitLabJob> Setting(IReadOnlyCollection<string> names, out bool areAll)
    {
        SortedSet<int> found = [.. names.SelectMany(name => setting.GetValueOrDefault(name) ?? []),
            .. extending.Where(i => names.Any(name => view.Nearest(jobs[i], GitLabDocument.Variables, name) is not null))];
        areAll = found.Count > 0 && found.Count == jobs.Count;
        return [.. found.Select(i => jobs[i])];
    }
}
