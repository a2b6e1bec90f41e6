using Cleat.Formats.Kubernetes;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Formats.Kustomize;

/// <summary>
/// A folder that may hold a kustomization, in its place among others: what it includes. Opened once a run; what it includes is opened when it is asked for,
/// so that folders which include each other end.
/// </summary>
internal sealed class KustomizationFolder
{
    private readonly Surroundings beside;
    private IReadOnlyList<FieldSpec>? fields;

    private KustomizationFolder(Surroundings beside) => this.beside = beside;

    /// <summary>The whole path of its file, with <c>/</c>; null when there is none.</summary>
    public string? Path { get; private init; }

    /// <summary>What the file says; null when there is none.</summary>
    public Kustomization? Content { get; private init; }

    /// <summary>The files that it includes as they are, from the folder.</summary>
    public IReadOnlyList<string> Manifests => field ??= [.. Local(Content?.Resources).Where(r => Inner(r) is null)];

    /// <summary>The kustomizations whose objects it takes.</summary>
    public IReadOnlyList<KustomizationFolder> Bases => field ??= [.. Local(Content?.Resources).Select(Inner).OfType<KustomizationFolder>()];

    /// <summary>The kustomizations that work on what it has already.</summary>
    public IReadOnlyList<KustomizationFolder> Components => field ??= [.. Local(Content?.Components).Select(Inner).OfType<KustomizationFolder>()];

    /// <summary>The files that are laid over its objects, from the folder.</summary>
    public IReadOnlyList<string> Patches => Content?.Patches ?? [];

    /// <summary>The fields that images are set in here besides those of containers; what is configured further in holds here too (kustomize 5.6, tried).</summary>
    public IReadOnlyList<FieldSpec> Fields => fields ?? Gather();

    /// <summary>The images that are set.</summary>
    public ImageLayer Layer => field ??= new(Content?.Images ?? []);

    /// <summary>The folder, opened once a run.</summary>
    /// <param name="folder">From the file that is read.</param>
    public static KustomizationFolder Of(string folder, Surroundings beside) => beside.Opened(folder, static there => Open(there, null, null));

    /// <summary>The folder with another text in the place of its file: the one that is read, which may be newer.</summary>
    public static KustomizationFolder Of(Kustomization content, string name, Surroundings beside) => Open(beside.In(""), content, name);

    /// <summary>The uses in a file that it names, as they stand there; each file is read once a run.</summary>
    public IReadOnlyList<ImageUse> Uses(string path) => beside.Parsed(path, static source => new ManifestUses(source))?.All ?? [];

    private static KustomizationFolder Open(Surroundings there, Kustomization? content, string? name)
    {
        name ??= Kustomization.Names.FirstOrDefault(n => there.Files("").Contains(n));
        content ??= name is null ? null : there.Parsed(name, static source => new KustomizationText(source))?.Content;
        return new(there) { Content = content, Path = content is null ? null : RelativePath.Join(there.Folder ?? "", name!) };
    }

    // addresses of other repositories are not followed
    private static IEnumerable<string> Local(IReadOnlyList<string>? paths) =>
        (paths ?? []).Where(p => !p.Contains("://", StringComparison.Ordinal) && !p.Contains('?', StringComparison.Ordinal)).Distinct(StringComparer.Ordinal);

    /// <summary>The whole path of a file that it names.</summary>
    public string Full(string path) => RelativePath.Join(beside.Folder ?? "", path);

    // a folder of a manifest's name is nobody's, and each look costs
    private KustomizationFolder? Inner(string path) =>
        path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".yml", StringComparison.Ordinal) || path.EndsWith(".json", StringComparison.Ordinal) ? null
        : Of(path, beside) is { Content: not null } inner ? inner : null;

    private IEnumerable<KustomizationFolder> Included => Bases.Concat(Components);

    // the innermost first, each from those that it includes; one that includes itself finds no such order, and looks at all
    private IReadOnlyList<FieldSpec> Gather()
    {
        foreach (var folder in Reachable(f => f.fields is null).AsEnumerable().Reverse().Where(f => f.fields is null && f.Included.All(inner => inner.fields is not null)))
        {
            folder.fields = [.. folder.OwnFields.Concat(folder.Included.SelectMany(inner => inner.fields!)).Distinct()];
        }

        return fields ??= [.. Reachable(_ => true).SelectMany(f => f.OwnFields).Distinct()];
    }

    // each folder once, however often it is included
    private List<KustomizationFolder> Reachable(Func<KustomizationFolder, bool> goesOn)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        List<KustomizationFolder> found = [this];
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(goesOn(found[i]) ? found[i].Included.Where(inner => seen.Add(inner.Path!)) : []);
        }

        return found;
    }

    private IEnumerable<FieldSpec> OwnFields =>
        (Content?.Configurations ?? []).SelectMany(c => beside.Parsed(c, static source => new FieldSpecs(source))?.All ?? []);

    private sealed class KustomizationText(SourceText source)
    {
        public Kustomization? Content { get; } = Kustomization.Read(source);
    }

    private sealed class FieldSpecs(SourceText source)
    {
        public IReadOnlyList<FieldSpec> All { get; } = [.. FieldSpec.Read(source)];
    }

    private sealed class ManifestUses(SourceText source)
    {
        public IReadOnlyList<ImageUse> All { get; } = Read(source);

        private static List<ImageUse> Read(SourceText source)
        {
            UseSink found = new();
            if (source.Span.IndexOf("mage"u8) >= 0)
            {
                FileReading.ReadTrees(source, [JsonPatch.Format, KubernetesFormat.Format], found, Surroundings.None);
            }

            return found.Uses;
        }
    }
}
