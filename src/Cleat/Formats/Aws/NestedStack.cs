namespace Cleat.Formats.Aws;

/// <summary>
/// A stack of another template in the tree (AWS::CloudFormation::Stack, AWS::Serverless::Application): its arguments are judged where they are given, when the template makes images of them.
/// </summary>
internal static class NestedStack
{
    /// <summary>Judges the arguments of the stack whose map of them a place is.</summary>
    public static void Take(Place place, string template)
    {
        var tree = place.Tree;
        var url = tree.Text(place.Match.Holder, template);
        if (url is null || url.Contains("://", StringComparison.Ordinal) || url.Contains('$', StringComparison.Ordinal) || url.StartsWith('/') || StackTemplate.Of(url, place.Beside) is not { } stack)
        {
            return;
        }

        foreach (var (key, value) in tree.Entries(place.Match.Node))
        {
            stack.Take(place with { Match = place.Match with { Steps = place.Match.Steps.Add(tree[key].Value) } }, tree.Target(value), tree[key].Value);
        }
    }
}
