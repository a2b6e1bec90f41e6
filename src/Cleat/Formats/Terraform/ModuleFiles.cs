namespace Cleat.Formats.Terraform;

/// <summary>The files of a module as they are on disk, with an index of what they declare and where they use it: made once a run.</summary>
internal sealed class ModuleFiles
{
    private readonly Dictionary<string, List<ModuleFile>> declaring = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(int File, Mention Mention)>> mentioning = new(StringComparer.Ordinal);
    private readonly Dictionary<Trees.Tree, ModuleFile> byTree = [];
    private readonly Surroundings beside;

    private ModuleFiles(Surroundings beside)
    {
        this.beside = beside;
        var names = beside.Files("");
        Files = [.. names.Where(IsConfiguration).Select(n => beside.Parsed(n, ModuleFile.Read)).OfType<ModuleFile>()];
        Settings = [.. names.Where(IsOwnSettings).Select(n => beside.Parsed(n, ModuleFile.Read)).OfType<ModuleFile>()];
        for (var i = 0; i < Files.Count; i++)
        {
            byTree[Files[i].Tree] = Files[i];
            foreach (var name in Files[i].Names)
            {
                Add(declaring, name, Files[i]);
            }

            foreach (var mention in Files[i].Mentions)
            {
                Add(mentioning, mention.Name, (i, mention));
            }
        }
    }

    /// <summary>The configuration, sorted by name.</summary>
    public IReadOnlyList<ModuleFile> Files { get; }

    /// <summary>The files of values that Terraform takes by itself.</summary>
    public IReadOnlyList<ModuleFile> Settings { get; }

    public bool IsEmpty => Files.Count == 0;

    /// <summary>The variables that the module takes images from, each by the names of what lies under it: <c>var images web</c>.</summary>
    public IReadOnlyList<IReadOnlyList<string>> ImageVariables => field ??= new Module("", null, beside, this).ImageVariables();

    public static ModuleFiles Open(Surroundings beside) => new(beside);

    public bool Declares(string variable) => Files.Any(f => f.Declared.Has("variable", variable));

    /// <summary>The files that give a name a value.</summary>
    public IReadOnlyList<ModuleFile> Declaring(string name) => declaring.GetValueOrDefault(name) ?? [];

    /// <summary>Where a name is used, with the file's place among <see cref="Files"/>.</summary>
    public IReadOnlyList<(int File, Mention Mention)> Mentioning(string name) => mentioning.GetValueOrDefault(name) ?? [];

    /// <summary>The file that a tree is of; null for a file that is not among these.</summary>
    public ModuleFile? Of(Trees.Tree tree) => byTree.GetValueOrDefault(tree);

    public static bool IsConfiguration(string name) =>
        name.EndsWith(".tf", StringComparison.Ordinal) || name.EndsWith(".tofu", StringComparison.Ordinal) || name.EndsWith(".tf.json", StringComparison.Ordinal);

    private static bool IsOwnSettings(string name) => name is "terraform.tfvars" or "terraform.tfvars.json" || name.EndsWith(".auto.tfvars", StringComparison.Ordinal);

    private static void Add<T>(Dictionary<string, List<T>> index, string name, T item)
    {
        if (!index.TryGetValue(name, out var all))
        {
            index[name] = all = [];
        }

        all.Add(item);
    }
}
