using Cleat.Formats.Variables;
using Cleat.Text;
using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Ansible;

/// <summary>A role (docs.ansible.com, "Roles"): its tasks, and the values in <c>defaults</c> and <c>vars</c> that they make images of.</summary>
internal sealed class AnsibleRole
{
    private const int Deepest = 3;

    private static readonly string[] Folders = ["tasks", "handlers"];
    private static readonly string[] Holders = ["defaults", "vars"];

    private readonly Lazy<IReadOnlyList<string>> images;
    private readonly List<(string File, VariableFile Values)> values = [];

    private readonly Surroundings around;

    public AnsibleRole(Surroundings folder)
    {
        around = folder;
        images = new(() => [.. Folders.SelectMany(f => Images(folder, f, 0)).Distinct()]);
        foreach (var file in Holders.SelectMany(h => Files(folder, h).Concat(Files(folder, h + "/main"))))
        {
            if (!folder.IsPrivate(file) && folder.Parsed(file, static source => new VariableFile(source)) is { } read)
            {
                values.Add((file, read));
            }
        }
    }

    /// <summary>The way from a file of a role to the role's folder; null for a file of none.</summary>
    public static string? Folder(Surroundings beside)
    {
        foreach (var up in (string[])["../", "../../", "../../../"])
        {
            if (beside.Folders(up) is { Count: > 0 } folders && folders.Contains(Folders[0]) && Holders.Any(folders.Contains))
            {
                return up;
            }
        }

        return null;
    }

    /// <summary>The values of a variable, for a file of tasks.</summary>
    public IEnumerable<KnownValue> Values(string name) =>
        values.Where(v => v.Values.Has(name)).Select(v => KnownValue.In(v.File, v.Values.Text(name)));

    // one of the values, for another file of variables
    private KnownValue? Value(string name, Choices choices) => Values(name).ToList() is { Count: > 0 } all ? all[choices.Take(name, all.Count)] : null;

    // how often the role's files name a variable: a tag that something else reads takes no digest
    private int Mentions(string name) => Folders.Concat(Holders).Append("templates").Sum(f => Mentions(around, f, name, 0));

    private static int Mentions(Surroundings folder, string inFolder, string name, int depth) =>
        folder.Files(inFolder).Sum(f => folder.Read(inFolder + "/" + f)?.WordCounts.Of(name) ?? 0)
        + (depth < Deepest ? folder.Folders(inFolder).Sum(f => Mentions(folder, inFolder + "/" + f, name, depth + 1)) : 0);

    /// <summary>Reads a file of variables for what the tasks make of it.</summary>
    public static void Read(Reading reading)
    {
        var role = reading.Beside.Opened(Folder(reading.Beside)!, static around => new AnsibleRole(around));
        VariableFile own = new(reading.Source);
        foreach (var image in role.images.Value)
        {
            foreach (var pieces in Choices.All(choices => own.Pieces(image, 0, name => role.Value(name, choices), role.Mentions), image))
            {
                if (pieces.EndsInValue)
                {
                    reading.Sink.AddOnce(pieces.Use(reading.Format.Name, Steps.Root, image, default, null));
                }
            }
        }
    }

    private static IEnumerable<string> Files(Surroundings folder, string inFolder) =>
        folder.Files(inFolder).Where(f => f.EndsWith(".yml", StringComparison.Ordinal) || f.EndsWith(".yaml", StringComparison.Ordinal)).Select(f => inFolder + "/" + f);

    private static IEnumerable<string> Images(Surroundings folder, string inFolder, int depth) =>
        Files(folder, inFolder).SelectMany(f => folder.Parsed(f, static source => new TaskImages(source))?.Texts ?? [])
            .Concat(depth < Deepest ? folder.Folders(inFolder).SelectMany(f => Images(folder, inFolder + "/" + f, depth + 1)) : []);

    /// <summary>The images in a file of tasks that variables stand in.</summary>
    private sealed class TaskImages
    {
        public TaskImages(SourceText source)
        {
            List<string> texts = [];
            foreach (var tree in TreeReading.Parts(source, TreeSyntax.Yaml).SelectMany(part => TreeReading.Read(source, part, TreeSyntax.Yaml, out _)).Where(t => t.Count > 0 && AnsibleFormats.IsList(t)))
            {
                texts.AddRange(TreeWalk.Find(tree, AnsibleFormats.Places, out _)
                    .Where(m => tree[m.Node].Kind == NodeKind.Scalar && tree[m.Node].Value.Contains("{{", StringComparison.Ordinal) && AnsibleFormats.IsPulled(tree, m))
                    .Select(m => tree[m.Node].Value));
            }

            Texts = texts;
        }

        public IReadOnlyList<string> Texts { get; }
    }
}
