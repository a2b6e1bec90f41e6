using Cleat.Trees.Paths;

namespace Cleat.Formats.Ci;

/// <summary>An image in a document of a pipeline.</summary>
internal readonly record struct GitLabImage(GitLabDocument Document, string File, Match Match);

/// <summary>
/// The families of a pipeline's jobs: those that extend each other, directly or through others. A variable of a job reaches no image outside of its family, but for
/// one that stands for all jobs of a document.
/// </summary>
internal sealed class GitLabFamilies
{
    private const int ForAllJobs = -1;

    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<int> parents = [];

    // the images of a family in a file, by the variables that they name
    private readonly Dictionary<string, Dictionary<int, Dictionary<string, List<GitLabImage>>>> images = new(StringComparer.Ordinal);

    public GitLabFamilies(IEnumerable<(string File, GitLabDocument Document)> documents)
    {
        List<(string File, GitLabDocument Document)> all = [.. documents];
        foreach (var (extended, heirs) in all.SelectMany(d => d.Document.Heirs))
        {
            heirs.ForEach(heir => parents[Head(Number(heir))] = Head(Number(extended)));
        }

        foreach (var (file, document) in all)
        {
            foreach (var (name, matches) in document.ImagesNaming)
            {
                matches.ForEach(match => Add(new(document, file, match), name));
            }
        }
    }

    /// <summary>The families of jobs, each once.</summary>
    public HashSet<int> Of(IEnumerable<string> jobs) => [.. jobs.Where(numbers.ContainsKey).Select(job => Head(numbers[job]))];

    /// <summary>The images of a file that name a variable and are of a family, or stand for all jobs.</summary>
    public IEnumerable<GitLabImage> Images(string file, HashSet<int> families, HashSet<string> variables)
    {
        if (!images.TryGetValue(file, out var known))
        {
            return [];
        }

        var here = known.Count < families.Count ? known.Keys.Where(f => f == ForAllJobs || families.Contains(f)) : families.Append(ForAllJobs).Where(known.ContainsKey);
        return here.SelectMany(family => known[family].Count < variables.Count
            ? known[family].Where(named => variables.Contains(named.Key)).SelectMany(named => named.Value)
            : variables.SelectMany(name => known[family].GetValueOrDefault(name) ?? []));
    }

    private void Add(GitLabImage image, string name)
    {
        var family = GitLabDocument.Holder(image.Match) is { } job and not "default" ? Head(Number(job)) : ForAllJobs;
        images.TryAdd(image.File, []);
        images[image.File].TryAdd(family, new(StringComparer.Ordinal));
        images[image.File][family].TryAdd(name, []);
        images[image.File][family][name].Add(image);
    }

    private int Number(string job)
    {
        if (!numbers.TryGetValue(job, out var number))
        {
            numbers.Add(job, number = parents.Count);
            parents.Add(number);
        }

        return number;
    }

    private int Head(int number)
    {
        while (parents[number] != number)
        {
            number = parents[number] = parents[parents[number]];
        }

        return number;
    }
}
