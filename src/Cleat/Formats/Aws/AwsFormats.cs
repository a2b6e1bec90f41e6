using Cleat.Trees.Paths;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Formats.Aws;

/// <summary>What Amazon's tools read.</summary>
internal static class AwsFormats
{
    public static IReadOnlyList<Format> All { get; } =
    [
        CloudFormation.Format,
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
    ];

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
