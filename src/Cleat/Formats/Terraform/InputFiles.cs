using Cleat.Formats.Hcl;
using Cleat.Trees;
using Cleat.Trees.Comments;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Terraform;

/// <summary>
/// Files that give a module its variables: Terragrunt's <c>inputs</c> and <c>values</c> (terragrunt.gruntwork.io, "Configuration"), the components and deployments of Terraform's stacks
/// (developer.hashicorp.com/terraform/language/stacks). Of a module in the tree its own places say which variable is an image; of another one the name and the shape of the text.
/// </summary>
internal static class InputFiles
{
    // where the maps are, and the attribute of the same block that names the module
    private static readonly PathSet Maps = new("inputs", "component.*.inputs", "deployment.*.inputs", "unit.*.values", "stack.*.values");

    public static Format Format { get; } = new("terraform", "Terragrunt, Terraform stacks: inputs of modules", "terragrunt.hcl", "terragrunt.stack.hcl", "root.hcl", "env.hcl", "*.tfcomponent.hcl", "*.tfstack.hcl", "*.tfdeploy.hcl")
    {
        Comments = CommentSyntax.Hcl,
        Read = Read,
        Signs = new() { Words = ["inputs", "values"] },
        Where = string.Join(", ", Maps.Paths) + ": what the module takes for images; else image, image_uri, container_image, image_identifier",
    };

    private static void Read(Reading reading)
    {
        var file = ModuleFile.Read(reading.Source);
        if (file.Problem is { } problem)
        {
            reading.Sink.Problem(problem.Offset, problem.Message);
        }

        var tree = file.Tree;
        HclUses uses = new(reading, tree, new LiteralFinder(new Module("", file, Surroundings.None).Name), _ => null);
        foreach (var match in tree.Count == 0 ? [] : TreeWalk.Find(tree, Maps, out _))
        {
            if (Called(tree, match, reading.Beside) is not { IsEmpty: false } module)
            {
                uses.TakeSome(ModuleArguments.Of(tree, match.Node, match.Steps), ModuleArguments.IsReference, ModuleArguments.IsContainerImage);
                continue;
            }

            foreach (var names in module.ImageVariables())
            {
                uses.Take(Values.Of(tree, match.Node, names.Skip(1)).SelectMany(v => Values.Texts(tree, v.Node, match.Steps.Add(v.Path))));
            }
        }
    }

    // the module beside the map: source, or terraform { source } for the inputs of the file
    private static ModuleFiles? Called(Tree tree, Match match, Surroundings beside)
    {
        var holder = match.Steps.Count == 1 ? Values.Of(tree, 0, ["terraform"]).Select(t => t.Node).FirstOrDefault(-1) : match.Holder;
        return holder >= 0 && tree.Text(holder, "source") is { } source && (source.StartsWith("./", StringComparison.Ordinal) || source.StartsWith("../", StringComparison.Ordinal))
            ? beside.Opened(source.Replace("//", "/", StringComparison.Ordinal).TrimEnd('/') + "/", ModuleFiles.Open)
            : null;
    }
}
