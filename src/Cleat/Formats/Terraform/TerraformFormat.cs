using Cleat.Formats.Hcl;
using Cleat.Formats.Helm;
using Cleat.Trees.Comments;

namespace Cleat.Formats.Terraform;

/// <summary>Terraform and OpenTofu. A file's uses are those whose literal stands in it: names are followed through the module, in both directions.</summary>
internal static class TerraformFormat
{
    public static IReadOnlyList<Format> All { get; } =
    [
        new("terraform", "Terraform, OpenTofu", "*.tf", "*.tofu", "*.tf.json")
        {
            Comments = CommentSyntax.Hcl,
            Read = Read,
            Signs = new() { Words = ["image", "Image", "container_definitions", "container_properties", "node_properties", "yaml_body", "manifest", "linux_fx_version", "build", "default", "locals", "module"] },
            Where = string.Join(", ", ResourcePlaces.Paths.Paths) + $", {HelmRelease.Where}; variables, locals and arguments of local modules that give one",
        },
        new("terraform", "Terraform, OpenTofu variables", "*.tfvars", "*.tfvars.json")
        {
            Comments = CommentSyntax.Hcl,
            Read = Read,
            Where = "the values of variables that name an image in the module beside",
        },
    ];

    private static void Read(Reading reading)
    {
        var own = ModuleFile.Of(reading);
        if (own.Problem is { } problem)
        {
            reading.Sink.Problem(problem.Offset, problem.Message);
        }

        if (own.Tree.Count == 0 || (own.IsSettings ? Module.FolderOf(own, reading.Beside) : "") is not { } folder)
        {
            return;
        }

        Module module = new(folder, own, reading.Beside);
        HclUses uses = new(reading, own.Tree, new LiteralFinder(module.Name), Local);
        HelmRelease releases = new(reading, own.Tree, uses, module);
        foreach (var block in own.IsSettings ? [] : own.Blocks)
        {
            Take(own, block, reading.Sink.Problem);
        }

        foreach (var (file, block) in module.Reached())
        {
            Take(file, block, null);
        }

        void Take(ModuleFile file, Block block, Action<int, string>? problem)
        {
            uses.Take(ResourcePlaces.Of(file, block, module, problem));
            releases.Take(file.Tree, block.Node, block.Path);
            if (block.Kind == "module")
            {
                uses.Take(Arguments(file, block, module));
            }
        }
    }

    // what modules of one's own take for images is judged where it is given: in the call, or where the names in it are set
    private static IEnumerable<ValueText> Arguments(ModuleFile file, Block call, Module module) =>
        file.Tree.Text(call.Node, "source") is { } source && (source.StartsWith("./", StringComparison.Ordinal) || source.StartsWith("../", StringComparison.Ordinal))
            ? module.Called(source).ImageVariables.SelectMany(names => Values.Of(file.Tree, call.Node, names.Skip(1))).SelectMany(v => Values.Texts(file.Tree, v.Node, call.Path.Add(v.Path)))
            : [];

    // a resource that names the image itself, and what AWS keeps for CodeBuild
    private static string? Local(ValueText text) => text.Expression() is null
        ? text.Value.StartsWith("aws/codebuild/", StringComparison.Ordinal) ? "CodeBuild's own image: AWS selects it" : null
        : text.Names() switch
        {
            ["docker_image", var name, ..] => $"docker_image.{name} names the image",
            ["data", "docker_registry_image", var name, ..] => $"data.docker_registry_image.{name} names the image",
            _ => null,
        };
}
