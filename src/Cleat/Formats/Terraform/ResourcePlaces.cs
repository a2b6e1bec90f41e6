using Cleat.References;
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
    private const string DockerImageName = "resource.azurerm_*.*.site_config.application_stack.docker_image_name";
    private const string FunctionImage = "resource.azurerm_*.*.site_config.application_stack.docker.image_name";
    private const string ApiContainers = "resource.azapi_resource.*{type=Microsoft.App/containerApps@*|Microsoft.App/jobs@*}.body.properties.template.*ontainers";
    private const string ApiGroups = "resource.azapi_resource.*{type=Microsoft.ContainerInstance/containerGroups@*|Microsoft.ContainerInstance/containerGroupProfiles@*}.body.properties.*ontainers";
    private const string DockerImage = "resource.docker_image.*.name";

    /// <summary>Values that hold references in a structure or text of their own, and where in it.</summary>
    private static readonly Dictionary<string, NestedPaths> Nested = new(StringComparer.Ordinal)
    {
        [Containers] = At("[].image"),
        [Container] = At("image"),
        [BatchNodes] = At("nodeRangeProperties[].container.image", "nodeRangeProperties[].ecsProperties.taskProperties[].containers[].image"),
        [ApiContainers] = At("[].image"),
        [ApiGroups] = At("[].properties.image"),
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
        ApiContainers,
        ApiGroups,
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
        DockerImageName,
        FunctionImage,
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

    /// <summary>The texts in a block that name images, by themselves.</summary>
    /// <param name="beside">The files around the one that is read.</param>
    /// <param name="problem">As <see cref="NestedPlaces"/> has it.</param>
    public static IEnumerable<ValueText> Of(ModuleFile file, Block block, Module module, Surroundings beside, Action<int, string>? problem)
    {
        var tree = file.Tree;
        foreach (var match in block.Places)
        {
            if (Nested.TryGetValue(match.Pattern, out var paths))
            {
                NestedPlaces nested = new(tree, paths, match.Pattern is not (Manifest or Yaml), module.Names, problem) { OtherFile = new FileCalls(module, beside).Of };
                foreach (var text in nested.Of(match.Node, match.Steps))
                {
                    yield return text;
                }
            }
            else if (match.Pattern is not (DockerImageName or FunctionImage) && (match.Pattern != DockerImage || tree.Child(match.Holder, "build") < 0))
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

    /// <summary>Takes the texts in a block that end an image whose registry stands beside them: web and function apps of Azure.</summary>
    public static void TakeWithRegistry(ModuleFile file, Block block, HclUses uses, LiteralFinder finder)
    {
        var tree = file.Tree;
        foreach (var match in block.Places)
        {
            var isFunction = match.Pattern == FunctionImage;
            if (isFunction || match.Pattern == DockerImageName)
            {
                var registry = Registry(Beside(isFunction ? "registry_url" : "docker_registry_url"));
                var name = ValueText.Of(tree, match.Node, match.Steps);
                if (!isFunction || Beside("image_tag") is not { } tag)
                {
                    uses.TakeBehind(name, registry, "the registry beside it, docker_registry_url, is not known here");
                }
                else
                {
                    uses.TakeBehind(tag, registry is not null && finder.TextOf(name) is { } known ? $"{registry}{known}:" : null, "the registry or the name of the image beside it is not known here");
                }
            }

            ValueText? Beside(string key) => tree.Child(match.Holder, key) is var value and >= 0 ? ValueText.Of(tree, value, match.Steps.Parent.Add(key)) : null;
        }

        // what stands in front of the name; empty for Docker Hub
        string? Registry(ValueText? url)
        {
            if (url is not { } given)
            {
                return "";
            }

            var host = finder.TextOf(given) is { } text ? text[(text.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : 0)..].TrimEnd('/') : null;
            return host is null ? null : host.Length == 0 || KnownRegistries.DockerHub.Has(host.Split('/')[0]) ? "" : host + "/";
        }
    }
}
