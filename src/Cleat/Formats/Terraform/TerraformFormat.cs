using Cleat.Formats.Hcl;
using Cleat.Formats.Helm;
using Cleat.Formats.Kubernetes;
using Cleat.Trees.Comments;
using Cleat.Trees.Paths;
using Cleat.Trees;

namespace Cleat.Formats.Terraform;

/// <summary>
/// Terraform and OpenTofu. A file's uses are those whose literal stands in it: names are followed through the module, in both directions.
/// The places are the providers' own (registry.terraform.io: kubernetes, kubectl, docker, aws, google, azurerm, helm, oci, scaleway).
/// </summary>
internal static class TerraformFormat
{
    /// <summary>A list of ECS containers: a structure, JSON text, or what names them.</summary>
    private const string Containers = "resource.aws_ecs_task_definition.*.container_definitions";

    /// <summary>One container, as JSON text or a structure.</summary>
    private const string Container = "resource.aws_batch_job_definition.*.container_properties";

    private const string BatchNodes = "resource.aws_batch_job_definition.*.node_properties";
    private const string Manifest = "resource.kubernetes_manifest.*.manifest";
    private const string Yaml = "resource.kubectl_manifest.*.yaml_body";
    private const string DockerImage = "resource.docker_image.*.name";

    /// <summary>Values that hold references in a structure or text of their own, and where in it.</summary>
    private static readonly Dictionary<string, InnerPaths> Inner = new(StringComparer.Ordinal)
    {
        [Containers] = At("[].image"),
        [Container] = At("image"),
        [BatchNodes] = At("nodeRangeProperties[].container.image", "nodeRangeProperties[].ecsProperties.taskProperties[].containers[].image"),
        [Manifest] = Object,
        [Yaml] = Object,
    };

    public static PathSet Paths { get; } = new(
        "resource.kubernetes_*.*.**.container.image",
        "resource.kubernetes_*.*.**.init_container.image",
        Manifest,
        Yaml,
        DockerImage,
        "resource.docker_container.*.image",
        "resource.docker_service.*.task_spec.container_spec.image",
        "data.docker_registry_image.*.name",
        Containers,
        Container,
        BatchNodes,
        "resource.aws_batch_job_definition.*.eks_properties.pod_properties.*.image",
        "resource.aws_apprunner_service.*.source_configuration.image_repository.image_identifier",
        "resource.aws_lightsail_container_service_deployment_version.*.container.image",
        "resource.aws_sagemaker_model.*.*container.image",
        "resource.aws_lambda_function.*.image_uri",
        "resource.aws_codebuild_project.*.environment.image",
        "resource.google_cloud_run_service.*.template.spec.containers.image",
        "resource.google_cloud_run_v2_service.*.template.containers.image",
        "resource.google_cloud_run_v2_worker_pool.*.template.containers.image",
        "resource.google_cloud_run_v2_job.*.template.template.containers.image",
        "resource.google_cloudbuild_trigger.*.build.step.name",
        "resource.azurerm_container_group.*.container.image",
        "resource.azurerm_container_group.*.init_container.image",
        "resource.azurerm_container_app*.*.template.container.image",
        "resource.azurerm_container_app*.*.template.init_container.image",
        "resource.azurerm_*.*.site_config.application_stack.docker_image_name",
        "resource.azurerm_*.*.site_config.linux_fx_version = DOCKER|",
        "resource.oci_container_instances_container_instance.*.containers.image_url",
        "resource.scaleway_container.*.registry_image");

    private static InnerPaths At(params ReadOnlySpan<string> paths)
    {
        PathSet[] set = [new(paths)];
        return (_, _) => set;
    }

    // a Kubernetes object, custom ones too
    private static IEnumerable<PathSet> Object(Tree tree, int root) =>
        ((PathSet?[])[KubernetesFormat.Format.Paths, CustomResources.Paths(tree.Text(root, "apiVersion"), tree.Text(root, "kind"))]).OfType<PathSet>();

    public static IReadOnlyList<Format> All { get; } =
    [
        new("terraform", "Terraform, OpenTofu", "*.tf", "*.tofu", "*.tf.json")
        {
            Comments = CommentSyntax.Hcl,
            Read = Read,
            Glance = ["image", "Image", "container_definitions", "container_properties", "node_properties", "yaml_body", "manifest", "linux_fx_version", "build", "default", "locals", "module"],
            Where = string.Join(", ", Paths.Paths) + $", {HelmRelease.Where}; variables, locals and arguments of local modules that give one",
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
        var own = Module.Read(reading.Source, out var problem);
        if (problem is not null)
        {
            reading.Sink.Problem(problem.Offset, problem.Message);
        }

        if (own.Count == 0)
        {
            return;
        }

        var isSettings = Module.IsSettings(reading.Source.Path);
        if ((isSettings ? Module.Of(own, reading.Beside) : "") is not { } folder)
        {
            return;
        }

        Module module = new(folder, own, reading.Beside);
        HclUses uses = new(reading, own, new Follower(module.Name), Local);
        HelmRelease releases = new(reading, own, uses, module);
        if (!isSettings)
        {
            uses.Take(Places(own, module, reading));
            releases.Take(own);
            Calls(uses, own, own, "", reading);
        }

        if (isSettings || own.Child(0, "locals") >= 0 || Values.Of(own, 0, ["variable", Traversal.Any, "default"]).Any())
        {
            foreach (var file in module.Files.Where(f => f != own))
            {
                uses.Take(Places(file, module, reading));
                releases.Take(file);
                Calls(uses, own, file, folder, reading);
            }
        }
    }

    // what modules of one's own take for images is judged where it is given: in the call, or where the names in it are set
    private static void Calls(HclUses uses, Tree own, Tree file, string folder, Reading reading)
    {
        foreach (var (call, path) in Values.Of(file, 0, ["module", Traversal.Any]))
        {
            if (file.Text(call, "source") is { } source && (source.StartsWith("./", StringComparison.Ordinal) || source.StartsWith("../", StringComparison.Ordinal))
                && (file == own || Module.Names(own, file.Source.Slice(file[call].Span))))
            {
                Called(uses, file, (call, path), new Module(folder + source.TrimEnd('/') + "/", null, reading.Beside), reading);
            }
        }
    }

    private static void Called(HclUses uses, Tree file, (int Node, Steps Path) call, Module module, Reading reading)
    {
        Follower inside = new(module.Name);
        foreach (var place in module.Files.SelectMany(f => Places(f, module, reading)))
        {
            inside.Follow(place);
        }

        foreach (var names in inside.Asked.Where(n => n is ["var", _, ..]).DistinctBy(n => string.Join('.', n)))
        {
            uses.Take(Values.Of(file, call.Node, names.Skip(1)).SelectMany(v => Values.Texts(file, v.Node, call.Path.Add(v.Path))));
        }
    }

    /// <summary>The texts in a file that name images, by the providers' schemas.</summary>
    private static IEnumerable<ValueText> Places(Tree tree, Module module, Reading reading)
    {
        foreach (var match in TreeWalk.Find(tree, Paths, out _))
        {
            if (Inner.TryGetValue(match.Pattern, out var paths))
            {
                foreach (var written in new InnerPlaces(tree, paths, match.Pattern is Containers or Container or BatchNodes, module.Nodes, reading).Of(match.Node, match.Steps))
                {
                    yield return written;
                }
            }
            else if (match.Pattern != DockerImage || tree.Child(match.Holder, "build") < 0)
            {
                foreach (var written in Values.Texts(tree, match.Node, match.Steps))
                {
                    if (written.Behind(match.Prefix) is { } reference)
                    {
                        yield return reference;
                    }
                    else if (match.Prefix.Length == 0)
                    {
                        yield return written;
                    }
                }
            }
        }
    }

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
