using System.Text;
using Cleat.Text;
using Cleat.Trees;

namespace Cleat.Formats.Kubernetes;

/// <summary>The objects of Tekton and Argo in the files around a folder: its own, those of the folder above, and of that one's other folders.</summary>
internal sealed class ObjectsAround
{
    private const int MostFiles = 2_000;

    // what others give values to; of the rest nothing is asked
    private static readonly string[] Kinds = ["Task", "ClusterTask", "Pipeline", "WorkflowTemplate", "ClusterWorkflowTemplate"];

    private static readonly byte[][] Marks = ["tekton.dev/"u8.ToArray(), "argoproj.io/"u8.ToArray()];

    private readonly Dictionary<(string Kind, string Name), List<Tree>> objects = [];

    private ObjectsAround(Surroundings folder)
    {
        var left = MostFiles;
        foreach (var inner in folder.Folders("..").Select(f => "../" + f + "/").Append("../").Append("").Concat(folder.Folders("").Select(f => f + "/")).Distinct())
        {
            foreach (var name in folder.Files(inner))
            {
                if (TemplateName.IsYaml(name) && --left > 0 && folder.Parsed(inner + name, static source => new Objects(source)) is { } file)
                {
                    Add(file);
                }
            }
        }
    }

    /// <summary>The objects of a kind and name; several overlays may each have one.</summary>
    public static IReadOnlyList<Tree> Of(Surroundings beside, string kind, string? name) =>
        name is null || beside.Folder is null ? [] : beside.Opened("", static folder => new ObjectsAround(folder)).objects.GetValueOrDefault((kind, name)) ?? [];

    private void Add(Objects file)
    {
        foreach (var (kind, name, tree) in file.All)
        {
            if (!objects.TryGetValue((kind, name), out var same))
            {
                objects[(kind, name)] = same = [];
            }

            if (!same.Exists(t => t.Source == tree.Source))
            {
                same.Add(tree);
            }
        }
    }

    private sealed class Objects
    {
        public Objects(SourceText source)
        {
            List<(string, string, Tree)> all = [];
            if (Array.Exists(Marks, m => source.Span.IndexOf(m) >= 0))
            {
                foreach (var tree in TreeReading.Parts(source, TreeSyntax.Yaml).SelectMany(part => TreeReading.Read(source, part, TreeSyntax.Yaml, out _)).Where(t => t.Count > 0))
                {
                    if (tree.Text(0, "kind") is { } kind && Kinds.Contains(kind) && tree.Text(tree.Child(0, "metadata"), "name") is { } name && tree.Text(0, "apiVersion") is { } version
                        && Array.Exists(Marks, m => version.StartsWith(Encoding.UTF8.GetString(m), StringComparison.Ordinal)))
                    {
                        all.Add((kind, name, tree));
                    }
                    else
                    {
                        tree.Recycle();
                    }
                }
            }

            All = all;
        }

        public IReadOnlyList<(string Kind, string Name, Tree Tree)> All { get; }
    }
}
