using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Formats.Aws;

/// <summary>What Amazon's tools read.</summary>
internal static class AwsFormats
{
    // ContainerDefinition of the ECS API
    private static readonly HashSet<string> ContainerKeys =
    [
        "command", "cpu", "credentialSpecs", "dependsOn", "disableNetworking", "dnsSearchDomains", "dnsServers", "dockerLabels", "dockerSecurityOptions", "entryPoint", "environment",
        "environmentFiles", "essential", "extraHosts", "firelensConfiguration", "healthCheck", "hostname", "image", "interactive", "links", "linuxParameters", "logConfiguration", "memory",
        "memoryReservation", "mountPoints", "name", "portMappings", "privileged", "pseudoTerminal", "readonlyRootFilesystem", "repositoryCredentials", "resourceRequirements", "restartPolicy",
        "secrets", "startTimeout", "stopTimeout", "systemControls", "ulimits", "user", "versionConsistency", "volumesFrom", "workingDirectory",
    ];

    public static IReadOnlyList<Format> All { get; } =
    [
        CloudFormation.Format,
        CloudFormation.Fragment,
        .. StackParameters.All,
        new("dockerrun", "Elastic Beanstalk Dockerrun", "Dockerrun.aws.json", "Dockerrun.aws.*.json")
        {
            Paths = new("Image.Name", "containerDefinitions[].image"),
        },
        new("ecs", "ECS task definition", "*.json", "*.yaml", "*.yml")
        {
            Signs = new() { NeverKubernetes = true },
            Requires = ["containerDefinitions"],
            Paths = new("containerDefinitions[].image"),
            Take = Take,
        },
        new("ecs", "ECS task definition, as described", "*.json", "*.yaml", "*.yml")
        {
            Signs = new() { NeverKubernetes = true },
            Requires = ["taskDefinition"],
            Paths = new("taskDefinition.containerDefinitions[].image"),
            Take = Take,
        },
        new("ecs", "ECS container definitions", "*.json")
        {
            Signs = new() { IsList = true },
            Recognises = IsContainerList,
            Paths = new("[].image"),
            Take = Take,
        },
    ];

    // a list of nothing but containers, by the keys of ECS
    internal static bool IsContainerList(Tree tree)
    {
        var count = 0;
        foreach (var item in tree.Items(0))
        {
            if (tree.Child(item, "name") < 0 || tree.Child(item, "image") < 0)
            {
                return false;
            }

            foreach (var (key, _) in tree.Entries(item))
            {
                if (!ContainerKeys.Contains(tree[key].Value))
                {
                    return false;
                }
            }

            count++;
        }

        return count > 0;
    }

    // CodePipeline puts the image that it built in place of <IMAGE1_NAME>
    private static void Take(Place place)
    {
        var value = place.Node.Value;
        if (place.Node.Kind == NodeKind.Scalar && value is ['<', .., '>'])
        {
            place.Sink.Add(new()
            {
                Format = place.Format.Name,
                Steps = place.Match.Steps,
                Text = value,
                Span = place.Node.Span,
                Verdict = Verdict.Dynamic,
                Problem = $"{value} is put in by the pipeline",
                Site = new PinSite.Nowhere($"{value} is put in by the pipeline: let it give a digest"),
            });
            return;
        }

        place.Judge();
    }
}
