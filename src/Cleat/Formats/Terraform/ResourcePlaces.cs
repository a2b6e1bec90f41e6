using Cleat.Formats.Hcl;
using Cleat.Formats.Kubernetes;
using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Terraform;

/// <summary>Where resources name images: the providers' own schemas (registry.terraform.io: kubernetes, kubectl, docker, aws, google, azurerm, helm, oci, scaleway).</summary>
internal static class ResourcePlaces
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
    private static readonly Dictionary<string, NestedPaths> Nested = new(StringComparer.Ordinal)
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

    private static NestedPaths At(params ReadOnlySpan<string> paths)
    {
        PathSet[] set = [new(paths)];
        return (_, _) => set;
    }

    // a Kubernetes object, custom ones too
    private static IEnumerable<PathSet> Object(Tree tree, int root) =>
        ((PathSet?[])[KubernetesFormat.Format.Paths, CustomResources.Paths(tree.Text(root, "apiVersion"), tree.Text(root, "kind"))]).OfType<PathSet>();

    /// <summary>The texts in a block that name images.</summary>
    /// <param name="problem">As <see cref="NestedPlaces"/> has it.</param>
    public static IEnumerable<ValueText> Of(ModuleFile file, Block block, Module module, Action<int, string>? problem)
    {
        var tree = file.Tree;
        foreach (var match in block.Places)
        {
            if (Nested.TryGetValue(match.Pattern, out var paths))
            {
                foreach (var text in new NestedPlaces(tree, paths, match.Pattern is Containers or Container or BatchNodes, module.Nodes, problem).Of(match.Node, match.Steps))
                {
                    yield return text;
                }
            }
            else if (match.Pattern != DockerImage || tree.Child(match.Holder, "build") < 0)
            {
                foreach (var text in Values.Texts(tree, match.Node, match.Steps))
                {
                    if (text.Behind(match.Prefix) is { } reference)
                    {
                        yield return reference;
                    }
                    else if (match.Prefix.Length == 0)
                    {
                        yield return text;
                    }
                }
            }
        }
    }
}
