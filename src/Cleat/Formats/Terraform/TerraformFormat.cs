using Cleat.Formats.Hcl;
using Cleat.Formats.Helm;
using Cleat.Trees.Comments;

namespace Cleat.Formats.Terraform;

/// <summary>Terraform and OpenTofu. A file's uses are those whose literal stands in it: names are followed through the module, in both directions.</summary>
internal static class TerraformFormat
{
    public static IReadOnlyList<Format> All { get; } =
    [
        new("terraform", "Terraform, OpenTofu", "*.tf", "*.tofu", "*.tf.json", "*.tofu.json")
        {
            Comments = CommentSyntax.Hcl,
            Read = Read,
            Signs = new() { Words = ["image", "Image", "container_definitions", "container_properties", "node_properties", "yaml_body", "manifest", "linux_fx_version", "build", "default", "optional", "locals", "module"] },
            Where = string.Join(", ", ResourcePlaces.Paths.Paths) + $", {HelmRelease.Where}; variables, locals and arguments of local modules that give one",
        },
        new("terraform", "Terraform, OpenTofu variables", "*.tfvars", "*.tfvars.json")
        {
            Comments = CommentSyntax.Hcl,
            Read = Read,
            Where = "the values of variables that name an image in the module beside",
        },
        TaskTemplate.Format,
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
        LiteralFinder finder = new(module.Name);
        HclUses uses = new(reading, own.Tree, finder, text => Local(text, module));
        HelmRelease releases = new(reading, own.Tree, uses, module, finder);
        foreach (var block in own.IsSettings ? [] : own.Blocks)
        {
            Take(own, block, reading.Sink.Problem);
        }

        foreach (var (name, value, path) in own.IsSettings ? [] : own.Declared.Of("output", Traversal.Any, "value").Select(o => (o.Path[1].Key!, o.Node, o.Path)))
        {
            if (ModuleArguments.IsImageOutput(own.Tree, name, value))
            {
                uses.Take(ValueText.Of(own.Tree, value, path));
            }
        }

        foreach (var (file, block) in module.Reached())
        {
            Take(file, block, null);
        }

        void Take(ModuleFile file, Block block, Action<int, string>? problem)
        {
            uses.Take(ResourcePlaces.Of(file, block, module, reading.Beside, problem));
            ResourcePlaces.TakeWithRegistry(file, block, uses, finder);
            releases.Take(file.Tree, block.Node, block.Path);
            if (block.Kind == "module")
            {
                // what modules of one's own take for images is judged where it is given: in the call, or where the names in it are set
                uses.Take(module.Arguments(file, block, ModuleFiles.MostLevels));
                uses.TakeSome(module.CalledBy(file, block) is null ? ModuleArguments.Of(file.Tree, block.Node, block.Path) : [], ModuleArguments.IsReference, ModuleArguments.IsContainerImage);
            }
        }
    }

    // a resource that names the image itself, and what AWS keeps for CodeBuild
    private static string? Local(ValueText text, Module module) => text.Expression() is null
        ? text.Value.StartsWith("aws/codebuild/", StringComparison.Ordinal) ? "CodeBuild's own image: AWS selects it" : null
        : text.Names() switch
        {
            ["docker_image", var name, ..] => $"docker_image.{name} names the image",
            ["data", "docker_registry_image", var name, ..] => $"data.docker_registry_image.{name} names the image",
            ["module", var name, ..] when module.Blocks("module", name).Any(m => module.CalledBy(m.File, m.Block) is null && ModuleArguments.Of(m.File.Tree, m.Block.Node, m.Block.Path).Any())
                => $"module.{name} names the image",
            _ => null,
        };
}
