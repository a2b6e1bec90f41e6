using Cleat.Text;
using Cleat.Trees;

namespace Cleat.Formats.Hcl;

/// <summary>Takes places of the whole module and gives the uses whose text stands in the one file that is read, each once.</summary>
internal sealed class TerraformUses(Reading reading, Tree own, Follower follower)
{
    private readonly HashSet<TextSpan> seen = [];

    public void Take(IEnumerable<Written> places)
    {
        foreach (var place in places)
        {
            Take(place);
        }
    }

    private void Take(Written place)
    {
        if (place.Expression() is { } expression && Traversal.Read(expression) is [var type, var name, ..] names)
        {
            var owner = type == "data" && names.Count > 2 ? names[1] : type;
            if (owner is "docker_image" or "docker_registry_image")
            {
                Add(ScalarUse.Local(reading.Format.Name, place.Path, "${" + expression + "}", place.Span, $"{owner}.{(type == "data" ? names[2] : name)} names the image"), place.Tree);
                return;
            }
        }

        var ends = follower.Follow(place);
        foreach (var end in ends)
        {
            var managed = end.Value.StartsWith("aws/codebuild/", StringComparison.Ordinal);
            Add(managed ? ScalarUse.Local(reading.Format.Name, end.Path, end.Value, end.Span, "CodeBuild's own image: AWS selects it") : follower.Use(end, reading.Format.Name), end.Tree);
        }

        if (ends.Count == 0)
        {
            Add(Follower.Dynamic(place, reading.Format.Name), place.Tree);
        }
    }

    private void Add(ImageUse use, Tree tree)
    {
        if (tree == own && seen.Add(use.Span))
        {
            reading.Sink.Add(use);
        }
    }
}
