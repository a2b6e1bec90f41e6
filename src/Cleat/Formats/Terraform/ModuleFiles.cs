using Cleat.Formats.Hcl;
using Cleat.Text;

namespace Cleat.Formats.Terraform;

/// <summary>The files of a module as they are on disk, with an index of what they declare and where they use it: made once a run.</summary>
internal sealed class ModuleFiles
{
    /// <summary>Nobody nests calls deeper.</summary>
    public const int MostLevels = 5;

    private readonly Dictionary<string, List<ModuleFile>> declaring = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(int File, Mention Mention)>> mentioning = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Kind, string Name), List<ModuleFile>> holding = [];
    private readonly Dictionary<string, List<ModuleFile>> setting = new(StringComparer.Ordinal);
    private readonly Dictionary<SourceText, ModuleFile> bySource = [];
    private readonly IReadOnlyList<IReadOnlyList<string>>?[] imageVariables = new IReadOnlyList<IReadOnlyList<string>>?[MostLevels + 1];
    private readonly Surroundings beside;

    private ModuleFiles(Surroundings beside)
    {
        this.beside = beside;
        var names = beside.Files("");
        Files = [.. names.Where(IsConfiguration).Select(n => beside.Parsed(n, ModuleFile.Read)).OfType<ModuleFile>()];
        foreach (var settings in names.Where(IsOwnSettings).Reverse().OrderBy(n => n.StartsWith("terraform.tfvars", StringComparison.Ordinal)).Select(n => beside.Parsed(n, ModuleFile.Read)).OfType<ModuleFile>())
        {
            foreach (var variable in settings.Variables)
            {
                Add(setting, variable, settings);
            }
        }

        for (var i = 0; i < Files.Count; i++)
        {
            bySource[Files[i].Source] = Files[i];
            foreach (var name in Files[i].Names)
            {
                Add(declaring, name, Files[i]);
            }

            foreach (var key in Files[i].Declared.All)
            {
                Add(holding, key, Files[i]);
            }

            foreach (var mention in Files[i].Mentions)
            {
                Add(mentioning, mention.Name, (i, mention));
            }
        }
    }

    /// <summary>The files that declare something by its first two keys: a module's call, an output.</summary>
    public IReadOnlyList<ModuleFile> Holding(string kind, string name) => holding.GetValueOrDefault((kind, name)) ?? [];

    /// <summary>The configuration, sorted by name.</summary>
    public IReadOnlyList<ModuleFile> Files { get; }

    /// <summary>The files of values that Terraform takes by itself and that set the variable, the one that wins first.</summary>
    public IReadOnlyList<ModuleFile> Setting(string variable) => setting.GetValueOrDefault(variable) ?? [];

    public bool IsEmpty => Files.Count == 0;

    /// <summary>
    /// The variables that the module takes images from, each by the names of what lies under it: <c>var images web</c>. Modules may call each other in
    /// circles, so what they hand on is asked for a number of levels, and each level rests on the one below alone.
    /// </summary>
    /// <param name="levels">How many calls further down are looked at.</param>
    public IReadOnlyList<IReadOnlyList<string>> ImageVariables(int levels = MostLevels)
    {
        if (imageVariables[levels] is { } known)
        {
            return known;
        }

        Module module = new("", null, beside, this);
        return imageVariables[levels] = levels == 0
            ? module.ImageVariables()
            : [.. ImageVariables(0).Concat(module.VariablesHandedOn(levels - 1)).DistinctBy(n => string.Join('.', n))];
    }

    /// <summary>The values of an output.</summary>
    public IEnumerable<Located> Outputs(string name) =>
        Holding("output", name).SelectMany(f => f.Declared.Of("output", name, "value").Where(v => ModuleArguments.IsImageOutput(f.Tree, name, v.Node)).Select(v => new Located(f.Tree, v.Node, v.Path)));

    public static ModuleFiles Open(Surroundings beside) => new(beside);

    public bool Declares(string variable) => holding.ContainsKey(("variable", variable));

    /// <summary>The files that give a name a value.</summary>
    public IReadOnlyList<ModuleFile> Declaring(string name) => declaring.GetValueOrDefault(name) ?? [];

    /// <summary>Where a name is used, with the file's place among <see cref="Files"/>.</summary>
    public IReadOnlyList<(int File, Mention Mention)> Mentioning(string name) => mentioning.GetValueOrDefault(name) ?? [];

    /// <summary>The file of a text; null when it is not among these.</summary>
    public ModuleFile? Of(SourceText source) => bySource.GetValueOrDefault(source);

    public static bool IsConfiguration(string name) =>
        name.EndsWith(".tf", StringComparison.Ordinal) || name.EndsWith(".tofu", StringComparison.Ordinal) || name.EndsWith(".tf.json", StringComparison.Ordinal) || name.EndsWith(".tofu.json", StringComparison.Ordinal);

    private static bool IsOwnSettings(string name) => name is "terraform.tfvars" or "terraform.tfvars.json" || name.EndsWith(".auto.tfvars", StringComparison.Ordinal) || name.EndsWith(".auto.tfvars.json", StringComparison.Ordinal);

    private static void Add<TKey, T>(Dictionary<TKey, List<T>> index, TKey name, T item)
        where TKey : notnull
    {
        if (!index.TryGetValue(name, out var all))
        {
            index[name] = all = [];
        }

        all.Add(item);
    }
}
